package org.relayd.runtime.platform.bsd;

import java.util.Arrays;
import org.relayd.ir.net.IpAddress;
import org.relayd.ir.net.IpFamily;
import org.relayd.runtime.platform.bsd.abi.Abi;
import org.relayd.runtime.platform.bsd.abi.Image;

/** Addresses in the forms that pf and the routing socket want. */
final class Addresses {
    private Addresses() {}

    /** Returns the number of an address family. */
    static int family(Abi abi, IpFamily family) {
        return switch (family) {
            case INET -> abi.constant("AF_INET");
            case INET6 -> abi.constant("AF_INET6");
        };
    }

    /** Returns {@code pfr_addr}: one address as a member of a table. */
    static Image member(Abi abi, IpAddress address) {
        return abi.image("pfr_addr").bytes("pfra_u", address.bytes())
                .number("pfra_af", family(abi, address.family())).number("pfra_net", address.family().bits());
    }

    /** Returns {@code pf_rule_addr}: one address in a rule, any port. */
    static Image exactly(Abi abi, IpAddress address) {
        byte[] mask = new byte[address.bytes().length];
        Arrays.fill(mask, (byte) 0xff);
        return abi.image("pf_rule_addr").bytes("addr.v.a.addr", address.bytes()).bytes("addr.v.a.mask", mask);
    }

    /** Returns {@code sockaddr_in} or {@code sockaddr_in6} with port 0. */
    static Image socketAddress(Abi abi, IpFamily family, byte[] address) {
        return switch (family) {
            case INET -> abi.image("sockaddr_in").number("sin_len", abi.size("sockaddr_in"))
                    .number("sin_family", family(abi, family)).bytes("sin_addr", address);
            case INET6 -> abi.image("sockaddr_in6").number("sin6_len", abi.size("sockaddr_in6"))
                    .number("sin6_family", family(abi, family)).bytes("sin6_addr", address);
        };
    }
}
