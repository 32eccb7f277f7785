package org.relayd.ir.nft;

import org.relayd.ir.net.IpFamily;

/**
 * Names of our objects. All begin with a letter and an underscore, because nft's own words, such as
 * {@code fwd}, cannot be names.
 */
final class NftNames {
    /** Dispatch of packets from outside. */
    static final String ANY = "v_";
    /** Dispatch of packets from outside, by interface. */
    static final String BY_INTERFACE = "vi_";
    /** Dispatch of packets of this machine. */
    static final String LOCAL = "o_";

    private NftNames() {}

    static String digit(IpFamily family) {
        return switch (family) {
            case INET -> "4";
            case INET6 -> "6";
        };
    }

    static String counter(NftRedirect redirect) {
        return "c_" + redirect.id();
    }

    /** Timeouts are shared by all redirections that have the same. */
    static String timeout(int seconds, IpFamily family) {
        return "t_" + seconds + "_" + digit(family);
    }

    static String clients(NftRedirect redirect, IpFamily family) {
        return "s_" + redirect.id() + "_" + digit(family);
    }

    /** Numbers: which slot is which host. */
    static String slots(NftRedirect redirect, IpFamily family) {
        return "n_" + redirect.id() + "_" + digit(family);
    }

    static String hosts(NftRedirect redirect, IpFamily family) {
        return "h_" + redirect.id() + "_" + digit(family);
    }

    /** Hosts that clients may stay with. */
    static String open(NftRedirect redirect, IpFamily family) {
        return "a_" + redirect.id() + "_" + digit(family);
    }

    static String flows(NftRedirect redirect, IpFamily family) {
        return "d_" + redirect.id() + "_" + digit(family);
    }

    /**
     * Returns the name of a chain.
     *
     * @param keepsPort
     *            whether it is for listeners that keep the packet's port
     */
    static String chain(NftRedirect redirect, IpFamily family, boolean keepsPort) {
        return (keepsPort ? "k_" : "r_") + redirect.id() + "_" + digit(family);
    }
}
