package org.relayd.runtime.relay.wire.linux;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.Optional;
import org.relayd.runtime.relay.frame.Frames;
import org.relayd.runtime.relay.frame.OtherWires;
import org.relayd.runtime.relay.wire.Transport;

/**
 * Frames between a wire and its descriptor, as TLS will stand there: sealed bytes that do not fit wait
 * here, at most one piece.
 */
public final class FramedLayer implements Layer {
    /** Bytes that are sealed for one send. */
    private static final int PIECE = 64 * 1024;

    private final PlainLayer below;
    private final ReceiveBlocks blocks = new ReceiveBlocks();
    private final Frames frames = new Frames();
    private final ByteBuf tail = Unpooled.buffer();
    private Optional<String> fault = Optional.empty();
    private boolean finished;

    private FramedLayer(PlainLayer below) {
        this.below = below;
    }

    /** The wires of a transport with this layer. */
    public static Transport of(LinuxTransport transport) {
        return new OtherWires(transport, made -> {
            LinuxWire wire = (LinuxWire) made;
            wire.layer(new FramedLayer(new PlainLayer(transport.memory(), wire.number())));
            return wire;
        });
    }

    @Override
    public int receive(ReceiveBlocks.Block into) {
        if (!frames.isWhole() && !frames.isEnded()) {
            ReceiveBlocks.Block sealed = blocks.free();
            int count = below.receive(sealed);
            if (count <= 0) {
                return count == 0 ? fail(Frames.CUT) : count;
            }
            frames.add(sealed.bytes.setIndex(0, count));
        }
        ByteBuf plain = into.bytes.clear();
        frames.open(plain, plain.capacity());
        if (frames.fault().isPresent()) {
            return fail(frames.fault().get());
        }
        int opened = plain.readableBytes();
        return opened == 0 && !frames.isEnded() ? NOTHING : opened;
    }

    private int fail(String reason) {
        fault = Optional.of(reason);
        return FAULT;
    }

    @Override
    public boolean hasKept() {
        return false;
    }

    @Override
    public boolean mayHaveMore() {
        return frames.isWhole() || frames.isEnded() || below.mayHaveMore();
    }

    @Override
    public int push(ByteBuf bytes, int count) {
        int left = count;
        int answer = 0;
        while (left > 0 && answer == 0 && isEmpty()) {
            int piece = Math.min(left, PIECE);
            Frames.seal(bytes, piece, tail);
            left -= piece;
            answer = flush();
        }
        return answer;
    }

    @Override
    public int push(byte[] bytes, int length, ByteBuf more, int count) {
        Frames.seal(Unpooled.wrappedBuffer(bytes, 0, length), length, tail);
        int first = Math.min(count, PIECE);
        Frames.seal(more, first, tail);
        int answer = flush();
        answer = answer == 0 ? push(more, count - first) : answer;
        return answer == 0 ? length : answer;
    }

    @Override
    public void hold(boolean held) {
        below.hold(held);
    }

    @Override
    public boolean isEmpty() {
        return !tail.isReadable();
    }

    @Override
    public int flush() {
        int answer = below.push(tail, tail.readableBytes());
        tail.discardSomeReadBytes();
        return answer;
    }

    @Override
    public int finish() {
        if (finished) {
            return 0;
        }
        finished = true;
        Frames.end(tail);
        return flush();
    }

    @Override
    public boolean mayPass() {
        return false;
    }

    @Override
    public Optional<String> fault() {
        return fault;
    }

    @Override
    public void release() {
        frames.release();
        tail.clear().release();
    }
}
