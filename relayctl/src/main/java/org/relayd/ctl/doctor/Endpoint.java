package org.relayd.ctl.doctor;

import java.util.Optional;
import org.relayd.ir.net.IpAddress;
import org.relayd.ir.net.IpFamily;

/**
 * Where clients connect to.
 *
 * @param protocol
 *            {@code tcp} or {@code udp}
 * @param address
 *            the address, or that which stands for all
 * @param port
 *            1 to 65535
 */
record Endpoint(String protocol, IpAddress address, int port) {

    /** Reads the detail of a need: {@code tcp 192.0.2.1 80}. */
    static Optional<Endpoint> of(String detail) {
        String[] words = detail.split(" ", -1);
        return words.length == 3 && words[2].matches("[0-9]{1,5}")
                ? IpAddress.parse(words[1])
                        .map(address -> new Endpoint(words[0], address, Integer.parseInt(words[2])))
                : Optional.empty();
    }

    boolean isInet6() {
        return address.family() == IpFamily.INET6;
    }

    /** Returns whether only this machine can connect to it. */
    boolean isLoopback() {
        return address.toInetAddress().isLoopbackAddress();
    }

    /** Returns protocol and port as nft(8) names them after the word {@code dport}. */
    String words() {
        return protocol + " port " + port;
    }
}
