package org.relayd.runtime.parent.link.linux;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.OptionalInt;
import org.relayd.runtime.parent.codec.FrameCodec;
import org.relayd.runtime.parent.link.Line.Arrived;
import org.relayd.runtime.parent.message.Frame;

/** Reads frames from a socket. One thread at a time. */
final class FrameReader<I extends Frame> {
    private final FrameCodec<I> codec;
    private final int socket;
    private final Message message = new Message();
    private final byte[] length = new byte[Integer.BYTES];
    /** What came beside the frame that is being read. */
    private OptionalInt descriptor = OptionalInt.empty();
    private boolean cut;

    FrameReader(FrameCodec<I> codec, int socket) {
        this.codec = codec;
        this.socket = socket;
    }

    /**
     * Waits for a frame.
     *
     * @return empty if the stream ends after the frame before
     */
    Optional<Arrived<I>> read() throws IOException {
        descriptor = OptionalInt.empty();
        cut = false;
        try {
            int begun = begin();
            if (begun == 0) {
                return Optional.empty();
            }
            fill(length, begun);
            int announced = ByteBuffer.wrap(length).getInt();
            if (announced < 0 || announced > codec.limit()) {
                throw new IOException("a frame of " + Integer.toUnsignedString(announced) + " octets is longer than "
                        + codec.limit());
            }
            byte[] octets = new byte[announced];
            fill(octets, 0);
            Arrived<I> arrived = arrived(codec.read(octets));
            descriptor = OptionalInt.empty();
            return Optional.of(arrived);
        } finally {
            descriptor.ifPresent(LineEnds::close);
        }
    }

    /** Reads the first octets of a frame, and what comes beside them; returns how many, 0 at the end. */
    private int begin() throws IOException {
        Message.Received first = message.receive(socket, length.length, codec.hasDescriptors());
        descriptor = first.descriptor();
        cut = first.cut();
        if (first.isEnd()) {
            return 0;
        }
        if (first.count() < 0) {
            throw first.failure();
        }
        if (cut && (descriptor.isPresent() || !codec.hasDescriptors())) {
            throw tooMany();
        }
        message.get(length, 0, first.count());
        return first.count();
    }

    private void fill(byte[] octets, int from) throws IOException {
        int at = from;
        while (at < octets.length) {
            Message.Received more = message.receive(socket, Math.min(octets.length - at, Message.BUFFER), false);
            if (more.isEnd()) {
                throw new IOException("the line ends in the middle of a frame");
            }
            if (more.count() < 0) {
                throw more.failure();
            }
            if (more.cut()) {
                throw tooMany();
            }
            message.get(octets, at, more.count());
            at += more.count();
        }
    }

    private Arrived<I> arrived(I frame) throws IOException {
        boolean wanted = codec.hasDescriptor(frame);
        if (wanted && cut) {
            return new Arrived<>(codec.withoutRoom(frame), OptionalInt.empty());
        }
        if (!wanted && (cut || descriptor.isPresent())) {
            throw tooMany();
        }
        if (wanted && descriptor.isEmpty()) {
            throw new IOException("a frame comes without its descriptor");
        }
        return new Arrived<>(frame, descriptor);
    }

    private static IOException tooMany() {
        return new IOException("descriptors come that no frame has");
    }
}
