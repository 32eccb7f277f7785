package org.relayd.runtime.relay.frame;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.util.Random;

/**
 * One end of a connection that speaks in frames, over a plain blocking socket; writes them in pieces that fit no frame.
 */
public final class FrameEnd implements AutoCloseable {
    private final Socket socket;
    private final Frames frames = new Frames();
    private final ByteBuf plain = Unpooled.buffer();
    private final Random pieces = new Random(1);

    /** Speaks on a socket from now on. */
    public FrameEnd(Socket socket) {
        this.socket = socket;
    }

    /** The socket. */
    public Socket socket() {
        return socket;
    }

    /** Sends octets. */
    public void send(byte[] octets) throws IOException {
        ByteBuf out = Unpooled.buffer();
        Frames.seal(Unpooled.wrappedBuffer(octets), octets.length, out);
        write(out);
    }

    /** Sends the sign of the end, and ends the stream. */
    public void end() throws IOException {
        ByteBuf out = Unpooled.buffer();
        Frames.end(out);
        write(out);
        socket.shutdownOutput();
    }

    private void write(ByteBuf out) throws IOException {
        while (out.isReadable()) {
            int count = Math.min(out.readableBytes(), 1 + pieces.nextInt(50_000));
            out.readBytes(socket.getOutputStream(), count);
        }
    }

    /** Receives that many octets, or those until the sign of the end. */
    public byte[] read(int count) throws IOException {
        InputStream in = socket.getInputStream();
        byte[] piece = new byte[64 * 1024];
        while (plain.readableBytes() < count && !frames.isEnded()) {
            int got = in.read(piece);
            if (got < 0) {
                throw new IOException(Frames.CUT);
            }
            frames.add(Unpooled.wrappedBuffer(piece, 0, got));
            frames.open(plain, Integer.MAX_VALUE);
            if (frames.fault().isPresent()) {
                throw new IOException(frames.fault().get());
            }
        }
        byte[] octets = new byte[Math.min(count, plain.readableBytes())];
        plain.readBytes(octets);
        plain.discardSomeReadBytes();
        return octets;
    }

    /** Receives everything until the sign of the end. */
    public byte[] readAll() throws IOException {
        return read(Integer.MAX_VALUE);
    }

    @Override
    public void close() throws IOException {
        socket.close();
        frames.release();
        plain.release();
    }
}
