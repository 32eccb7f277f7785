package org.relayd.ir.image;

import org.relayd.ir.config.HostId;
import org.relayd.ir.net.IpAddress;

/**
 * A host that packets may go to.
 *
 * @param id
 *            its id in the plan
 * @param address
 *            its address
 */
public record HostAddress(HostId id, IpAddress address) {}
