package org.relayd.ir.nft;

import org.relayd.ir.net.IpFamily;

/** Family of an nftables table. */
public enum NftFamily {
    /** Both IPv4 and IPv6. */
    INET("inet"),
    /** IPv4 only. */
    IP("ip"),
    /** IPv6 only. */
    IP6("ip6");

    private final String word;

    NftFamily(String word) {
        this.word = word;
    }

    /** Returns nft's word. */
    public String word() {
        return word;
    }

    /** Returns the family of tables that see only packets of an address family. */
    public static NftFamily of(IpFamily family) {
        return switch (family) {
            case INET -> IP;
            case INET6 -> IP6;
        };
    }
}
