package org.relayd.runtime.relay.wire.linux;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.concurrent.TimeUnit;
import org.relayd.runtime.relay.wire.Delivery;
import org.relayd.runtime.system.linux.LinuxCalls;
import org.relayd.runtime.system.linux.SocketNumbers;

/**
 * How far the kernel is with the bytes that it has taken to send, from struct tcp_info of linux/tcp.h. It may keep
 * megabytes, and goes on with them while neither a session nor its wires have anything to do.
 */
final class TcpInfo {
    /** Bytes of the struct up to and with the last member that is used. */
    static final int SIZE = 148;

    /** Segments that were sent and are not acknowledged; the end of the stream is one. */
    private static final int UNACKED = 24;
    /** Milliseconds since a segment with bytes was sent, for the first time or again. */
    private static final int LAST_DATA_SENT = 44;
    /** Milliseconds since the other end acknowledged something, be it that it has no room. */
    private static final int LAST_ACK_RECEIVED = 56;
    /** Bytes that were not sent. */
    private static final int NOT_SENT = 144;

    private TcpInfo() {}

    /**
     * Asks about a connection. Bytes that are sent again and again move nothing if nobody answers, nor do answers that
     * there is no room.
     */
    static Delivery delivery(LoopMemory memory, int number) {
        memory.length.set(ValueLayout.JAVA_INT, 0, SIZE);
        int answer = LinuxCalls.getOption(memory.state, number, SocketNumbers.IPPROTO_TCP, SocketNumbers.TCP_INFO,
                memory.info, memory.length);
        if (answer < 0) {
            return Delivery.NONE;
        }
        long quiet = Math.max(member(memory.info, LAST_DATA_SENT), member(memory.info, LAST_ACK_RECEIVED));
        return new Delivery(member(memory.info, UNACKED) == 0 && member(memory.info, NOT_SENT) == 0,
                TimeUnit.MILLISECONDS.toNanos(quiet));
    }

    private static long member(MemorySegment info, int at) {
        return Integer.toUnsignedLong(info.get(ValueLayout.JAVA_INT, at));
    }
}
