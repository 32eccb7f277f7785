package org.relayd.runtime.relay.wire.linux;

import java.util.Optional;
import org.relayd.runtime.system.linux.LinuxCalls;

/**
 * Bytes on their way from one wire to another inside the kernel; splice(2). Ends when its count is used up, when the
 * sender pauses, or at the end of the stream.
 */
final class Splice {
    /** Moves for one event. */
    private static final int MOVES = 4;
    /** Less than this in one move is a conversation, which is cheaper to copy. */
    private static final int LEAST = 4096;

    private final LinuxTransport transport;
    private final LinuxWire to;
    private long left;
    private boolean over;
    private int failure;

    Splice(LinuxTransport transport, LinuxWire to, long count) {
        this.transport = transport;
        this.to = to;
        left = count;
    }

    /** Returns whether the wire has to receive again by itself. */
    boolean isOver() {
        return over;
    }

    /** What one round of moving came to. */
    enum Round {
        /** There may be more to move. */
        MORE,
        /** The source has nothing at the moment. */
        EMPTY,
        /** The target takes nothing at the moment. */
        CONGESTED,
        /** The source has ended. */
        ENDED,
        /** The kernel refused to move bytes: {@link Splice#failure} tells why. */
        FAILED,
        /** Neither end nor emptiness: the wire's own receive tells what there is. */
        UNKNOWN
    }

    /** Returns why the kernel refused, as a negated errno. */
    int failure() {
        return failure;
    }

    /** Returns what it means that nothing was moved. */
    private Round moved(long answer) {
        over = answer != LinuxCalls.EAGAIN;
        if (answer < 0 && over) {
            failure = (int) answer;
            return Round.FAILED;
        }
        return over ? Round.ENDED : Round.EMPTY;
    }

    /** Moves bytes from a socket; the number moved is told to the wire each time. */
    Round move(int number, LinuxWire from) {
        for (int i = 0; i < MOVES; i++) {
            if (!from.isOpen()) {
                over = true;
                return Round.UNKNOWN;
            }
            if (!to.isIdle()) {
                return Round.CONGESTED;
            }
            Optional<Pipe> pipe = transport.pipes().take();
            if (pipe.isEmpty()) {
                over = true;
                return Round.UNKNOWN;
            }
            long count = transport.splice(number, pipe.get().writeEnd(), Math.min(left, PipePool.SIZE));
            if (count <= 0) {
                transport.pipes().give(pipe.get());
                return moved(count);
            }
            left -= count;
            over = left == 0 || count < LEAST;
            to.moved(pipe.get(), count);
            from.passed(count);
            if (over) {
                return Round.UNKNOWN;
            }
        }
        return Round.MORE;
    }
}
