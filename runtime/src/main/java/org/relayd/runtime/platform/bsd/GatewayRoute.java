package org.relayd.runtime.platform.bsd;

import java.util.Optional;
import org.relayd.ir.image.RouterImage;
import org.relayd.ir.net.IpAddress;
import org.relayd.ir.net.IpPrefix;

/**
 * A route of a BSD kernel, which has one for each gateway of a destination.
 *
 * @param destination
 *            the network, without host bits
 * @param gateway
 *            next hop, of the same family
 * @param table
 *            routing table, 0 to 255; on FreeBSD the number of a FIB
 * @param priority
 *            1 to 63, the lowest first; 0 for the kernel's default
 * @param label
 *            its label, at most 31 bytes
 */
record GatewayRoute(IpPrefix destination, IpAddress gateway, int table, int priority, Optional<String> label) {

    static GatewayRoute of(RouterImage router, RouterImage.Destination destination, RouterImage.Gateway gateway) {
        return new GatewayRoute(destination.network().masked(), gateway.address(), router.rtable(),
                gateway.priority().orElse(0), router.label());
    }
}
