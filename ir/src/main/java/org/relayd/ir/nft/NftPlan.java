package org.relayd.ir.nft;

import java.util.List;

/**
 * All that the Linux packet filter must know, whatever hosts are up.
 *
 * @param redirects
 *            in order of their ids
 * @param tags
 *            the packet filter tags in use, in order of appearance
 * @param diverts
 *            whether packets for sockets with addresses of other machines must be brought to this machine
 */
public record NftPlan(List<NftRedirect> redirects, List<NftTag> tags, boolean diverts) {

    /** Copies the lists. */
    public NftPlan {
        redirects = List.copyOf(redirects);
        tags = List.copyOf(tags);
    }

    /** Returns a plan without redirections. */
    public static NftPlan nothing() {
        return new NftPlan(List.of(), List.of(), false);
    }
}
