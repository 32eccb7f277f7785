package org.relayd.runtime.platform;

import org.relayd.ir.config.RedirectId;

/**
 * What setting the hosts of a redirection came to.
 *
 * @param redirect
 *            the redirection
 * @param added
 *            hosts that were not there before
 * @param deleted
 *            hosts that are no longer there
 * @param changed
 *            hosts that were there in another form
 * @param killed
 *            clients and flows of datagrams that were forgotten
 */
public record TableChange(RedirectId redirect, int added, int deleted, int changed, int killed) {

    /** Returns the same with so many more that were forgotten. */
    public TableChange killing(int more) {
        return new TableChange(redirect, added, deleted, changed, killed + more);
    }
}
