package org.relayd.runtime.relay.wire.linux;

import org.relayd.runtime.relay.wire.Fault;
import org.relayd.runtime.relay.wire.Transport;

/** A connect under way: its wire knows it until the outcome is known. */
final class LinuxConnect implements Transport.Attempt {
    private final LinuxWire wire;
    private final Transport.ConnectOutcome outcome;

    LinuxConnect(LinuxWire wire, Transport.ConnectOutcome outcome) {
        this.wire = wire;
        this.outcome = outcome;
    }

    void connected() {
        outcome.connected(wire);
    }

    /** The wire is closed already. */
    void failed(Fault reason) {
        outcome.failed(new Transport.Failure(reason, Transport.Cause.REFUSED));
    }

    @Override
    public void cancel() {
        wire.reset();
    }
}
