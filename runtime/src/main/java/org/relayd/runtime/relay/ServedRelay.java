package org.relayd.runtime.relay;

import io.netty.channel.EventLoop;
import java.util.List;
import java.util.function.Consumer;
import org.relayd.runtime.relay.wire.Transport;
import org.relayd.runtime.relay.session.RunningRelay;

/**
 * A relay at work and its listeners.
 *
 * @param relay
 *            gets what they accept
 * @param doors
 *            its listeners
 */
record ServedRelay(RunningRelay relay, List<Door> doors) {

    /**
     * A listener and the loop that it accepts on.
     *
     * @param loop
     *            the loop
     * @param listener
     *            the listener
     * @param hand
     *            gives what it accepts to another relay; on the loop
     * @param drain
     *            has the clients that it accepted ask once more at most; on the loop
     * @param end
     *            has the clients that it accepted ask no more; on the loop
     */
    record Door(EventLoop loop, Transport.Listener listener, Consumer<RunningRelay> hand, Runnable drain,
            Runnable end) {

        private void finish() {
            listener.finish();
            drain.run();
        }

        private void close() {
            listener.close();
            end.run();
        }
    }

    /** Lets another relay have the listeners. Returns when none accepts for this one any more. */
    ServedRelay handTo(RunningRelay next) {
        doors.forEach(door -> door.loop().submit(() -> door.hand().accept(next)).awaitUninterruptibly());
        return new ServedRelay(next, doors);
    }

    /** Closes the listeners after those who wait already; the relay serves what is under way to its end. */
    void finish() {
        doors.forEach(door -> door.loop().submit(door::finish).awaitUninterruptibly());
    }

    /** Closes the listeners. */
    void close() {
        doors.forEach(door -> door.loop().submit(door::close).awaitUninterruptibly());
    }
}
