package org.relayd.ir.image;

import java.util.List;

/**
 * The anchor of one redirection.
 *
 * @param redirect
 *            the redirection
 * @param anchor
 *            name of the anchor, {@code relayd/NAME}
 * @param table
 *            name of the table in it
 * @param requests
 *            its rules for requests to /dev/pf, in load order; none for a system whose rules go through pfctl(8) alone
 * @param text
 *            the same rules for pfctl(8)
 */
public record PfImage(RedirectImage redirect, String anchor, String table, List<PfRequest> requests, PfctlText text) {

    /** Copies the list. */
    public PfImage {
        requests = List.copyOf(requests);
    }
}
