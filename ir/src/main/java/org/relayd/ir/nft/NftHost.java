package org.relayd.ir.nft;

import org.relayd.ir.config.HostId;
import org.relayd.ir.net.IpAddress;

/**
 * A host that packets may go to.
 *
 * @param id
 *            its number, at most 65535: it stands in bits 0 to 15 of the connection's mark
 * @param address
 *            its address
 */
public record NftHost(HostId id, IpAddress address) {
    /** Bits of a mark that hold a host. */
    public static final int MASK = 0xffff;
}
