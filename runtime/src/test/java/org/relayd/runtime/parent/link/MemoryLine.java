package org.relayd.runtime.parent.link;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.BooleanSupplier;
import org.relayd.runtime.parent.OpenSocket;
import org.relayd.runtime.parent.codec.FrameCodec;
import org.relayd.runtime.parent.codec.FromParentCodec;
import org.relayd.runtime.parent.codec.FromWorkerCodec;
import org.relayd.runtime.parent.message.Frame;

/**
 * A line between two ends in this process, which takes so many frames in each direction. Frames go as octets,
 * descriptors as their numbers, also where none should be: an end may break that rule.
 */
public final class MemoryLine<O extends Frame, I extends Frame> implements Line<O, I> {
    private final Way<O> out;
    private final Way<I> in;

    private MemoryLine(Way<O> out, Way<I> in) {
        this.out = out;
        this.in = in;
    }

    /** Both ends of a line. */
    public record Ends(MemoryLine<Frame.FromWorker, Frame.FromParent> worker,
            MemoryLine<Frame.FromParent, Frame.FromWorker> parent) {

        /** Makes them. */
        public static Ends holding(int most) {
            Way<Frame.FromWorker> up = new Way<>(new FromWorkerCodec(), most);
            Way<Frame.FromParent> down = new Way<>(new FromParentCodec(), most);
            return new Ends(new MemoryLine<>(up, down), new MemoryLine<>(down, up));
        }
    }

    /** One direction. */
    private static final class Way<F extends Frame> {
        private final FrameCodec<F> codec;
        private final int most;
        private final Deque<Arrived<F>> frames = new ArrayDeque<>();
        private boolean closed;
        private Optional<IOException> fault = Optional.empty();

        Way(FrameCodec<F> codec, int most) {
            this.codec = codec;
            this.most = most;
        }

        synchronized boolean put(Arrived<F> frame, boolean wait) {
            await(() -> !wait || closed || frames.size() < most);
            if (closed || frames.size() >= most) {
                frame.descriptor().ifPresent(number -> new OpenSocket.Descriptor(number).discard());
                return false;
            }
            frames.add(written(frame));
            notifyAll();
            return true;
        }

        private Arrived<F> written(Arrived<F> frame) {
            try {
                return new Arrived<>(codec.read(codec.write(frame.frame())), frame.descriptor());
            } catch (IOException fault) {
                throw new AssertionError(frame.toString(), fault);
            }
        }

        synchronized Optional<Arrived<F>> take() throws IOException {
            await(() -> !frames.isEmpty() || closed || fault.isPresent());
            notifyAll();
            if (frames.isEmpty() && fault.isPresent()) {
                throw fault.get();
            }
            return Optional.ofNullable(frames.poll());
        }

        synchronized void close() {
            closed = true;
            notifyAll();
        }

        synchronized void fail(IOException reason) {
            fault = Optional.of(reason);
            notifyAll();
        }

        synchronized boolean isClosed() {
            return closed;
        }

        private synchronized void await(BooleanSupplier reason) {
            try {
                while (!reason.getAsBoolean()) {
                    wait();
                }
            } catch (InterruptedException nobodyInterrupts) {
                throw new AssertionError(nobodyInterrupts);
            }
        }
    }

    @Override
    public boolean offer(O frame, OptionalInt descriptor) {
        return out.put(new Arrived<>(frame, descriptor), false);
    }

    @Override
    public boolean send(O frame, OptionalInt descriptor) {
        return out.put(new Arrived<>(frame, descriptor), true);
    }

    @Override
    public boolean isClosed() {
        return out.isClosed();
    }

    @Override
    public Optional<Arrived<I>> receive() throws IOException {
        return in.take();
    }

    /** The other end has sent what no frame is. */
    public void garble(String words) {
        in.fail(new IOException(words));
    }

    @Override
    public void close() {
        out.close();
        in.close();
    }
}
