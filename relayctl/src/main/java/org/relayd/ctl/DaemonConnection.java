package org.relayd.ctl;

import java.io.EOFException;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.relayd.ir.control.ControlCodec;
import org.relayd.ir.control.ControlFormatException;
import org.relayd.ir.control.ControlReply;
import org.relayd.ir.control.ControlRequest;

/** A connection to the daemon's control socket. */
final class DaemonConnection implements AutoCloseable {
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final SocketChannel channel;

    private DaemonConnection(SocketChannel channel) {
        this.channel = channel;
    }

    /**
     * Connects.
     *
     * @throws ConnectFailure
     *             with the system's words
     */
    static DaemonConnection open(Path socket) throws IOException {
        SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
        try {
            channel.connect(UnixDomainSocketAddress.of(socket));
        } catch (IOException refused) {
            channel.close();
            throw new ConnectFailure(refused.getMessage());
        }
        return new DaemonConnection(channel);
    }

    /** Connects, trying again until there is a daemon. */
    static DaemonConnection openWhenThere(Path socket) throws IOException {
        while (true) {
            try {
                return open(socket);
            } catch (ConnectFailure notYet) {
                LockSupport.parkNanos(PAUSE.toNanos());
            }
        }
    }

    /** Sends a request. */
    void send(ControlRequest request) throws IOException {
        ByteBuffer frame = ByteBuffer.wrap(ControlCodec.frame(request));
        while (frame.hasRemaining()) {
            channel.write(frame);
        }
    }

    /**
     * Waits for the next reply.
     *
     * @throws EOFException
     *             if the daemon closed the connection
     * @throws ControlFormatException
     *             if it is none
     */
    ControlReply receive() throws IOException {
        int length = read(ControlCodec.LENGTH_BYTES).getInt();
        if (length < 1 || length > ControlCodec.LONGEST_REPLY) {
            throw new ControlFormatException("bad reply of " + length + " bytes");
        }
        return ControlCodec.reply(read(length).array());
    }

    private ByteBuffer read(int length) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(length);
        while (buffer.hasRemaining()) {
            if (channel.read(buffer) < 0) {
                throw new EOFException("pipe closed");
            }
        }
        return buffer.flip();
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
