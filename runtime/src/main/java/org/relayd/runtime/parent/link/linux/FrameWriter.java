package org.relayd.runtime.parent.link.linux;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.OptionalInt;
import org.relayd.runtime.parent.link.linux.WaitingFrames.Letter;
import org.relayd.runtime.system.Errno;
import org.relayd.runtime.system.SystemException;
import org.relayd.runtime.system.linux.LinuxCalls;

/** Writes the frames that wait to a socket: the work of one thread. */
final class FrameWriter {
    private final WaitingFrames waiting;
    private final int socket;
    private final Message message = new Message();

    FrameWriter(WaitingFrames waiting, int socket) {
        this.waiting = waiting;
        this.socket = socket;
    }

    /**
     * Writes until they are closed and all written, or the other end takes no more.
     *
     * @throws IOException
     *             if the system refuses; then nothing of the stream is of use any more
     */
    void run() throws IOException {
        boolean open = true;
        while (open) {
            Optional<Letter> next = waiting.take();
            open = next.isPresent() && written(next.orElseThrow());
        }
    }

    private boolean written(Letter letter) throws IOException {
        try {
            byte[] octets = letter.octets();
            int room = Message.BUFFER - Integer.BYTES;
            int first = Math.min(octets.length, room);
            message.put(0, ByteBuffer.allocate(Integer.BYTES).putInt(octets.length).array(), 0, Integer.BYTES);
            message.put(Integer.BYTES, octets, 0, first);
            boolean open = flushed(Integer.BYTES + first, letter.descriptor());
            for (int at = first; open && at < octets.length; at += Message.BUFFER) {
                int count = Math.min(octets.length - at, Message.BUFFER);
                message.put(0, octets, at, count);
                open = flushed(count, OptionalInt.empty());
            }
            return open;
        } finally {
            letter.descriptor().ifPresent(LineEnds::close);
        }
    }

    /** Writes so much of the buffer; false if the other end is closed. */
    private boolean flushed(int count, OptionalInt descriptor) throws IOException {
        int at = 0;
        while (at < count) {
            int sent = message.send(socket, at, count - at, at == 0 ? descriptor : OptionalInt.empty());
            if (sent == LinuxCalls.EPIPE || sent == LinuxCalls.ECONNRESET) {
                return false;
            }
            if (sent < 0) {
                throw new SystemException(Errno.linux(-sent), "cannot write to the line");
            }
            at += sent;
        }
        return true;
    }
}
