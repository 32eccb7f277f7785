package org.relayd.ir.nft;

import java.util.List;

/**
 * All that the Linux packet filter must know, whatever hosts are up.
 *
 * @param redirects
 *            in order of their ids
 * @param tags
 *            the packet filter tags in use, in order of appearance
 * @param catchesReplies
 *            whether answers to connections that were made with a client's address must be brought to this machine's sockets:
 *            relayd.conf(5), {@code transparent forward}
 */
public record NftPlan(List<NftRedirect> redirects, List<NftTag> tags, boolean catchesReplies) {

    /** Copies the lists. */
    public NftPlan {
        redirects = List.copyOf(redirects);
        tags = List.copyOf(tags);
    }
}
