package org.relayd.runtime.relay.wire.linux;

import org.relayd.runtime.relay.wire.Fault;
import org.relayd.runtime.relay.wire.Transport;
import org.relayd.runtime.system.Errno;

/** A connect under way: its wire knows it until the outcome is known. */
final class LinuxConnect implements Transport.Attempt {
    private final LinuxTransport transport;
    private final LinuxWire wire;
    private final Transport.ConnectOutcome outcome;

    LinuxConnect(LinuxTransport transport, LinuxWire wire, Transport.ConnectOutcome outcome) {
        this.transport = transport;
        this.wire = wire;
        this.outcome = outcome;
    }

    /**
     * The kernel has told of something.
     *
     * @return whether the connection is there; else the outcome has been told, or the attempt goes on
     */
    boolean told(int events) {
        if ((events & Events.ERROR) != 0) {
            int error = transport.pendingError(wire.number());
            wire.close();
            failed(Fault.of(Errno.linux(-error)));
            return false;
        }
        if ((events & Events.OUT) == 0) {
            return false;
        }
        wire.connected();
        outcome.connected(wire);
        return true;
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
