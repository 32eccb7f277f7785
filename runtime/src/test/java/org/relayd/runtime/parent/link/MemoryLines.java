package org.relayd.runtime.parent.link;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Queue;
import org.relayd.runtime.parent.codec.FrameCodec;
import org.relayd.runtime.parent.codec.FromParentCodec;
import org.relayd.runtime.parent.codec.FromWorkerCodec;
import org.relayd.runtime.parent.message.Frame;
import org.relayd.runtime.parent.message.Frame.FromParent;
import org.relayd.runtime.parent.message.Frame.FromWorker;

/**
 * Both ends of a line inside a test. Frames go as octets; descriptors go as their numbers, so that the one who gets
 * them closes them, and nobody does if they do not go.
 *
 * @param worker
 *            the worker's end
 * @param parent
 *            the parent's end
 */
public record MemoryLines(Line<FromWorker, FromParent> worker, Line<FromParent, FromWorker> parent) {

    /** Returns a pair in which 1024 frames may wait in each direction. */
    public static MemoryLines pair() {
        return pair(1024);
    }

    /**
     * Returns a pair.
     *
     * @param room
     *            how many frames may wait in each direction
     */
    public static MemoryLines pair(int room) {
        Pipe<FromWorker> up = new Pipe<>(new FromWorkerCodec(), room);
        Pipe<FromParent> down = new Pipe<>(new FromParentCodec(), room);
        return new MemoryLines(new End<>(up, down), new End<>(down, up));
    }

    private record End<O extends Frame, I extends Frame>(Pipe<O> out, Pipe<I> in) implements Line<O, I> {

        @Override
        public boolean offer(O frame, OptionalInt descriptor) {
            return out.add(frame, descriptor, false);
        }

        @Override
        public boolean send(O frame, OptionalInt descriptor) {
            return out.add(frame, descriptor, true);
        }

        @Override
        public Optional<Arrived<I>> receive() throws IOException {
            return in.take();
        }

        @Override
        public void close() {
            out.close();
            in.close();
        }
    }

    private record Letter(byte[] octets, OptionalInt descriptor) {}

    private static final class Pipe<F extends Frame> {
        private final FrameCodec<F> codec;
        private final int room;
        private final Queue<Letter> waiting = new ArrayDeque<>();
        private boolean closed;

        Pipe(FrameCodec<F> codec, int room) {
            this.codec = codec;
            this.room = room;
        }

        synchronized boolean add(F frame, OptionalInt descriptor, boolean patient) {
            if (codec.hasDescriptor(frame) != descriptor.isPresent()) {
                throw new IllegalArgumentException("one descriptor too many or too few: " + frame);
            }
            Letter letter = new Letter(codec.write(frame), descriptor);
            while (patient && !closed && waiting.size() == room) {
                await();
            }
            boolean sent = !closed && waiting.size() < room && waiting.add(letter);
            notifyAll();
            return sent;
        }

        synchronized Optional<Line.Arrived<F>> take() throws IOException {
            while (!closed && waiting.isEmpty()) {
                await();
            }
            Optional<Letter> next = Optional.ofNullable(waiting.poll());
            notifyAll();
            return next.isEmpty() ? Optional.empty()
                    : Optional.of(new Line.Arrived<>(codec.read(next.get().octets), next.get().descriptor));
        }

        synchronized void close() {
            closed = true;
            notifyAll();
        }

        private void await() {
            try {
                wait();
            } catch (InterruptedException stopped) {
                throw new IllegalStateException(stopped);
            }
        }
    }
}
