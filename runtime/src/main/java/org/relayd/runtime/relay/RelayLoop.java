package org.relayd.runtime.relay;

import io.netty.channel.EventLoop;
import org.relayd.runtime.relay.wire.Transport;

/** What the sessions of one event loop share. Touched by this loop only. */
public final class RelayLoop {
    private final EventLoop executor;
    private final Transport transport;
    private final IdleWheel wheel;
    private final Parking parking;

    RelayLoop(EventLoop executor, Transport transport) {
        this.executor = executor;
        this.transport = transport;
        wheel = new IdleWheel(executor);
        parking = new Parking(executor);
    }

    /** The event loop itself. */
    public EventLoop executor() {
        return executor;
    }

    /** Makes the wires of this loop. */
    public Transport transport() {
        return transport;
    }

    Parking parking() {
        return parking;
    }

    IdleWheel wheel() {
        return wheel;
    }
}
