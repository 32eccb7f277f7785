package org.relayd.runtime.relay.wire.linux;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.Optional;
import org.relayd.runtime.system.linux.LinuxCalls;

/**
 * What one socket still has to send: bytes in a pipe first, then what its layer has taken, then bytes in memory. Empty
 * most of the time; then bytes go straight to the layer. Nothing is kept that was not tried: events are edge triggered,
 * so that the kernel tells of room only after it has refused bytes. Answers are 0, or the layer's failure.
 */
final class Outbox {
    private final LinuxTransport transport;
    private final int number;
    private Layer layer;
    /** There only while something is in it: most sockets never have one. */
    private Optional<Backlog> backlog = Optional.empty();
    private Optional<Pipe> pipe = Optional.empty();
    private long piped;
    /** Whether the end of the stream is due. */
    private boolean ending;

    Outbox(LinuxTransport transport, int number, Layer layer) {
        this.transport = transport;
        this.number = number;
        this.layer = layer;
    }

    /** From now on bytes have the form of another layer; only while nothing waits. */
    void layer(Layer next) {
        layer = next;
    }

    /** Returns what waits in memory, and keeps it no longer. */
    ByteBuf take() {
        ByteBuf all = backlog.map(Backlog::take).orElse(Unpooled.EMPTY_BUFFER);
        backlog = Optional.empty();
        return all;
    }

    /** Returns whether nothing waits. */
    boolean isEmpty() {
        return piped == 0 && backlog.isEmpty() && layer.isEmpty();
    }

    /** Sends the next bytes of a buffer or keeps them. */
    int send(ByteBuf bytes, int count) {
        int end = bytes.readerIndex() + count;
        int answer = isEmpty() ? layer.push(bytes, count) : 0;
        return keep(bytes, end - bytes.readerIndex(), answer);
    }

    /** Sends bytes of an array and then the next bytes of a buffer, or keeps them. */
    int send(byte[] bytes, int length, ByteBuf more, int count) {
        if (length > LoopMemory.GATHER) {
            int answer = send(bytes, length);
            return answer == 0 ? send(more, count) : keep(more, count, answer);
        }
        int end = more.readerIndex() + count;
        int sent = isEmpty() ? layer.push(bytes, length, more, count) : 0;
        return keep(more, end - more.readerIndex(), keep(bytes, sent, length));
    }

    /** Sends more bytes than can be gathered. */
    private int send(byte[] bytes, int length) {
        ByteBuf all = Unpooled.wrappedBuffer(bytes, 0, length);
        int answer = isEmpty() ? layer.push(all, length) : 0;
        return keep(bytes, answer < 0 ? answer : all.readerIndex(), length);
    }

    /** Takes what was not sent of an array, unless {@code sent} is a failure. */
    private int keep(byte[] bytes, int sent, int length) {
        if (sent >= 0 && sent < length) {
            backlog().add(bytes, sent, length - sent);
        }
        return Math.min(sent, 0);
    }

    /** Takes what was not sent; after a failure nobody wants it any more. */
    private int keep(ByteBuf rest, int count, int answer) {
        if (answer < 0) {
            rest.skipBytes(count);
        } else if (count > 0) {
            backlog().add(rest, count);
        }
        return answer;
    }

    private Backlog backlog() {
        if (backlog.isEmpty()) {
            backlog = Optional.of(new Backlog(transport.memory().kept));
        }
        return backlog.get();
    }

    /**
     * Moves bytes out of a pipe into the socket; keeps the pipe while some are left in it. Only while nothing waits.
     */
    int move(Pipe from, long count) {
        pipe = Optional.of(from);
        piped = count;
        return movePiped();
    }

    private int movePiped() {
        while (piped > 0) {
            long moved = transport.splice(pipe.orElseThrow().readEnd(), number, piped);
            if (moved == LinuxCalls.EAGAIN) {
                return 0;
            }
            if (moved <= 0) {
                return moved == 0 ? LinuxCalls.EPIPE : (int) moved;
            }
            piped -= moved;
        }
        pipe.ifPresent(transport.pipes()::give);
        pipe = Optional.empty();
        return 0;
    }

    /** Sends as much as the socket takes now. */
    int drain() {
        int answer = movePiped();
        if (answer == 0 && piped == 0) {
            answer = layer.flush();
        }
        if (answer == 0 && piped == 0 && backlog.isPresent()) {
            answer = backlog.get().push(layer);
            if (backlog.get().isEmpty()) {
                backlog = Optional.empty();
            }
        }
        return answer == 0 && ending && isEmpty() ? end() : answer;
    }

    /** Ends the stream after all that waits. */
    int end() {
        int answer = isEmpty() ? layer.finish() : 0;
        ending = answer == Layer.NOTHING || !isEmpty();
        if (!ending) {
            LinuxCalls.shutdownOutput(transport.memory().state, number);
        }
        return answer == Layer.NOTHING ? 0 : answer;
    }

    /** Says that no more bytes follow, without the end of the stream, while nothing waits. */
    int finish() {
        int answer = layer.finish();
        return answer == Layer.NOTHING ? 0 : answer;
    }

    /** Gives up what waits in memory and the layer has not taken. */
    void forget() {
        backlog.ifPresent(Backlog::release);
        backlog = Optional.empty();
    }

    /** Gives up what waits. */
    void discard() {
        forget();
        pipe.ifPresent(Pipe::close);
        pipe = Optional.empty();
        piped = 0;
    }
}
