package org.relayd.runtime.relay.select;

import java.net.InetSocketAddress;
import java.util.Optional;
import org.relayd.ir.net.IpAddress;
import org.relayd.ir.net.Port;

/**
 * A target that sessions can be sent to.
 *
 * @param address
 *            where to connect
 * @param text
 *            its numeric address for logs
 * @param retry
 *            further attempts if connecting fails at once
 * @param state
 *            whether it can be a target at all
 * @param name
 *            its host name for TLS: the one in the configuration; empty if that has an address, or targets do not speak
 *            TLS
 */
public record TargetHost(InetSocketAddress address, String text, int retry, State state, Optional<String> name) {

    /** Whether a target can be used. */
    public enum State {
        /** It can. */
        USABLE,
        /** The address family mapping made no valid address of it. */
        INVALID,
        /** It is the relay's own listener. */
        LOOP,
        /** There is none. */
        NONE
    }

    /** Stands for no target; the port is the one that the session line shows. */
    public static TargetHost none(Port port) {
        return new TargetHost(InetSocketAddress.createUnresolved("", port.number()), "", 0, State.NONE,
                Optional.empty());
    }

    static TargetHost of(IpAddress address, Port port, int retry, State state, Optional<String> name) {
        return new TargetHost(new InetSocketAddress(address.toInetAddress(), port.number()), address.toString(), retry,
                state, name);
    }

    /** Returns the same target as one that is the relay itself. */
    TargetHost asLoop() {
        return new TargetHost(address, text, retry, State.LOOP, name);
    }

    /** Returns the port of the target. */
    public int port() {
        return address.getPort();
    }
}
