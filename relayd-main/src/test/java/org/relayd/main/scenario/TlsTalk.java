package org.relayd.main.scenario;

import java.io.EOFException;
import java.io.IOException;
import java.net.Socket;
import java.nio.ByteBuffer;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLException;

/**
 * TLS over a socket, spoken by the JDK, which tells an end that was announced (close_notify) from one that was not. One
 * thread reads while another one writes.
 */
final class TlsTalk {
    private static final int RECORD = 17 * 1024;

    private final Socket socket;
    private final SSLEngine engine;
    private final ByteBuffer come = ByteBuffer.allocate(2 * RECORD).flip();
    private final ByteBuffer plain = ByteBuffer.allocate(2 * RECORD).flip();
    private final ByteBuffer out = ByteBuffer.allocate(4 * RECORD);

    TlsTalk(Socket socket, SSLEngine engine) {
        this.socket = socket;
        this.engine = engine;
    }

    /** Agrees with the other end on how to speak; an alert is sent if that cannot be. */
    void shakeHands() throws IOException {
        engine.beginHandshake();
        boolean over = false;
        while (!over) {
            switch (engine.getHandshakeStatus()) {
                case NEED_WRAP -> wrap(ByteBuffer.allocate(0));
                case NEED_UNWRAP, NEED_UNWRAP_AGAIN -> {
                    if (unwrap() < 0) {
                        throw new EOFException("closed in the handshake");
                    }
                }
                case NEED_TASK -> engine.getDelegatedTask().run();
                case FINISHED, NOT_HANDSHAKING -> over = true;
            }
        }
    }

    /** What was agreed on. */
    ExtendedSSLSession session() {
        return (ExtendedSSLSession) engine.getSession();
    }

    /** As a stream reads, but that an end without announcement is an {@link EOFException}. */
    int read(byte[] to, int from, int count) throws IOException {
        int more = 0;
        while (!plain.hasRemaining() && more >= 0) {
            more = unwrap();
        }
        if (!plain.hasRemaining()) {
            return -1;
        }
        int taken = Math.min(count, plain.remaining());
        plain.get(to, from, taken);
        return taken;
    }

    /** Opens a record, waiting for it if need be; -1 if it was the last one. */
    private int unwrap() throws IOException {
        plain.compact();
        SSLEngineResult result;
        try {
            result = engine.unwrap(come, plain);
        } catch (SSLException refused) {
            alert();
            throw refused;
        } finally {
            plain.flip();
        }
        return switch (result.getStatus()) {
            case BUFFER_UNDERFLOW -> {
                receive();
                yield 0;
            }
            case BUFFER_OVERFLOW -> throw new IOException("a record does not fit");
            case CLOSED -> -1;
            case OK -> {
                // The key of the other direction may have been asked for.
                if (result.getHandshakeStatus() == HandshakeStatus.NEED_WRAP && session().isValid()
                        && engine.getHandshakeSession() == null) {
                    wrap(ByteBuffer.allocate(0));
                }
                yield 0;
            }
        };
    }

    private void receive() throws IOException {
        come.compact();
        int count = socket.getInputStream().read(come.array(), come.position(), come.remaining());
        if (count > 0) {
            come.position(come.position() + count);
        }
        come.flip();
        if (count < 0) {
            throw new EOFException("closed without close_notify");
        }
    }

    private void alert() throws IOException {
        while (engine.getHandshakeStatus() == HandshakeStatus.NEED_WRAP && !engine.isOutboundDone()) {
            wrap(ByteBuffer.allocate(0));
        }
    }

    void write(byte[] octets) throws IOException {
        ByteBuffer from = ByteBuffer.wrap(octets);
        while (from.hasRemaining()) {
            wrap(from);
        }
    }

    /** Announces the end of this stream; the other one goes on. */
    void finish() throws IOException {
        engine.closeOutbound();
        while (!engine.isOutboundDone()) {
            wrap(ByteBuffer.allocate(0));
        }
    }

    private synchronized void wrap(ByteBuffer from) throws IOException {
        out.clear();
        engine.wrap(from, out);
        socket.getOutputStream().write(out.array(), 0, out.position());
    }
}
