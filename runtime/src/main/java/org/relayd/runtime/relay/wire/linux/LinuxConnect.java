package org.relayd.runtime.relay.wire.linux;

import io.netty.buffer.ByteBuf;
import org.relayd.runtime.relay.wire.Transport;
import org.relayd.runtime.relay.wire.WireListener;

/** A connect under way: listens to its wire until the outcome is known. */
final class LinuxConnect implements Transport.Attempt, WireListener {
    private final LinuxWire wire;
    private final Transport.Outcome outcome;

    LinuxConnect(LinuxWire wire, Transport.Outcome outcome) {
        this.wire = wire;
        this.outcome = outcome;
    }

    void connected(LinuxWire connected) {
        outcome.connected(connected);
    }

    void failed(int error) {
        outcome.failed(new Transport.Failure(SystemError.text(error), Transport.Cause.REFUSED));
    }

    @Override
    public void cancel() {
        wire.close();
    }

    @Override
    public void received(ByteBuf bytes) {
        throw new IllegalStateException("received before connected");
    }

    @Override
    public void passed(long count) {
        throw new IllegalStateException("passed before connected");
    }

    @Override
    public void ended() {
        throw new IllegalStateException("ended before connected");
    }

    @Override
    public void drained() {
        // A session that sends before it is connected keeps its bytes itself.
    }

    @Override
    public void broken(String reason) {
        outcome.failed(new Transport.Failure(reason, Transport.Cause.REFUSED));
    }
}
