package org.relayd.runtime.parent.link.linux;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import org.relayd.runtime.parent.codec.FrameCodec;
import org.relayd.runtime.parent.codec.FromParentCodec;
import org.relayd.runtime.parent.codec.FromWorkerCodec;
import org.relayd.runtime.parent.link.Line;
import org.relayd.runtime.parent.link.linux.WaitingFrames.Letter;
import org.relayd.runtime.parent.message.Frame;
import org.relayd.runtime.parent.message.Frame.FromParent;
import org.relayd.runtime.parent.message.Frame.FromWorker;

/**
 * A line over one end of a {@link SocketPair}. A frame whose descriptor finds no room in this process arrives as a
 * refusal; the line goes on.
 *
 * @param <O>
 *            what this end sends
 * @param <I>
 *            what it gets
 */
public final class LinuxLine<O extends Frame, I extends Frame> implements Line<O, I> {
    private static final Duration LAST_WRITES = Duration.ofSeconds(1);

    private final FrameCodec<O> codec;
    private final HeldSocket socket;
    private final FrameReader<I> reader;
    private final WaitingFrames waiting = new WaitingFrames();
    private final Thread writer;
    private volatile Optional<IOException> failure = Optional.empty();

    private LinuxLine(FrameCodec<O> codec, FrameCodec<I> others, int descriptor) {
        this.codec = codec;
        socket = new HeldSocket(descriptor);
        reader = new FrameReader<>(others, descriptor);
        socket.enter();
        writer = Thread.ofPlatform().name("line").daemon().unstarted(this::write);
    }

    /**
     * Returns the worker's end.
     *
     * @param descriptor
     *            of a socket that blocks; the line's from now on
     */
    public static Line<FromWorker, FromParent> worker(int descriptor) {
        return begun(new LinuxLine<>(new FromWorkerCodec(), new FromParentCodec(), descriptor));
    }

    /**
     * Returns the parent's end.
     *
     * @param descriptor
     *            of a socket that blocks; the line's from now on
     */
    public static Line<FromParent, FromWorker> parent(int descriptor) {
        LineEnds.refuseDescriptors(descriptor);
        return begun(new LinuxLine<>(new FromParentCodec(), new FromWorkerCodec(), descriptor));
    }

    private static <O extends Frame, I extends Frame> Line<O, I> begun(LinuxLine<O, I> line) {
        line.writer.start();
        return line;
    }

    @Override
    public boolean offer(O frame, OptionalInt descriptor) {
        return kept(descriptor, waiting.offer(letter(frame, descriptor)));
    }

    @Override
    public boolean send(O frame, OptionalInt descriptor) {
        return kept(descriptor, waiting.send(letter(frame, descriptor)));
    }

    @Override
    public boolean isClosed() {
        return waiting.isClosed();
    }

    private Letter letter(O frame, OptionalInt descriptor) {
        boolean made = false;
        try {
            if (codec.hasDescriptor(frame) != descriptor.isPresent()) {
                throw new IllegalArgumentException("one descriptor too many or too few: " + frame);
            }
            Letter letter = new Letter(codec.write(frame), descriptor);
            made = true;
            return letter;
        } finally {
            kept(descriptor, made);
        }
    }

    /** Closes the descriptor of a frame that does not go. */
    private static boolean kept(OptionalInt descriptor, boolean sent) {
        if (!sent) {
            descriptor.ifPresent(LineEnds::close);
        }
        return sent;
    }

    private void write() {
        try {
            new FrameWriter(waiting, socket.number()).run();
        } catch (IOException refused) {
            failure = Optional.of(refused);
            socket.shutdown();
        } finally {
            waiting.abandon().forEach(letter -> kept(letter.descriptor(), false));
            socket.leave();
        }
    }

    @Override
    public Optional<Arrived<I>> receive() throws IOException {
        if (!socket.enter()) {
            return Optional.empty();
        }
        try {
            return received();
        } finally {
            socket.leave();
        }
    }

    private Optional<Arrived<I>> received() throws IOException {
        try {
            Optional<Arrived<I>> next = reader.read();
            if (next.isEmpty() && failure.isPresent()) {
                throw new IOException(failure.orElseThrow());
            }
            return next;
        } catch (IOException useless) {
            waiting.close();
            socket.shutdown();
            if (socket.isClosing()) {
                return Optional.empty();
            }
            throw useless;
        }
    }

    @Override
    public void close() {
        waiting.close();
        try {
            writer.join(LAST_WRITES);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
        socket.close();
    }
}
