package org.relayd.runtime.hce.check;

import io.netty.channel.Channel;
import io.netty.channel.ChannelException;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.epoll.EpollTcpInfo;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * How long a host has taken, on one connection: from what it was asked to the moment at which the kernel had its
 * answer. What passes until this program looks, and while it makes up its next question, is not the host's time: a
 * program that has just been started, on a busy machine, may need longer for that than a check may take. Where the
 * kernel does not tell when an answer came, one that is there when it is looked for came in time.
 */
final class HostClock {
    private final LongSupplier nanos;
    private final long most;
    private final EpollTcpInfo info = new EpollTcpInfo();
    private long spent;
    private long since;

    /**
     * Makes a clock that stands.
     *
     * @param nanos
     *            time that never goes back
     * @param most
     *            what the host may take in all
     */
    HostClock(LongSupplier nanos, Duration most) {
        this.nanos = nanos;
        this.most = most.toNanos();
        since = nanos.getAsLong();
    }

    /** The host has been asked: its time runs. */
    void asked() {
        since = nanos.getAsLong();
    }

    /** The host has answered; {@link #asked} follows when this program has done its part. */
    void answered(Channel socket) {
        long now = nanos.getAsLong();
        long quiet = quiet(socket);
        long passed = now - since;
        // If more has passed than is left, and the time was not up before, then this program was late.
        spent += quiet >= 0 ? Math.max(0, passed - TimeUnit.MILLISECONDS.toNanos(quiet))
                : passed <= most - spent ? passed : 0;
        since = now;
    }

    /** Returns the milliseconds since the kernel got the last octets of a connection; negative if it does not tell. */
    private long quiet(Channel socket) {
        if (!(socket instanceof EpollSocketChannel known)) {
            return -1;
        }
        try {
            return known.tcpInfo(info).lastDataRecv();
        } catch (ChannelException closed) {
            return -1;
        }
    }

    /** Returns the time that the host has taken by now, if it is its turn. */
    Duration taken() {
        return Duration.ofNanos(spent + Math.max(0, nanos.getAsLong() - since));
    }

    /** Returns the time that it took for all its answers. */
    Duration answers() {
        return Duration.ofNanos(spent);
    }

    /** Returns whether an answer came too late. */
    boolean isLate() {
        return spent > most;
    }

    /** Returns the nanoseconds that are left, if it is the host's turn; none or negative if its time is up. */
    long left() {
        return most - taken().toNanos();
    }
}
