package org.relayd.runtime.parent.keys;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.relayd.runtime.log.PacedWarnings;
import org.relayd.runtime.parent.keystream.GarbageException;
import org.relayd.runtime.parent.keystream.SignatureAnswer;
import org.relayd.runtime.parent.keystream.SignatureRequest;

/**
 * Serves one key stream: reads whatever is there, signs, writes. It holds two buffers, and waits for a worker that does
 * not read its answers; so nothing piles up here.
 */
final class KeyStream implements Runnable {
    private static final int ROOM = 64 * 1024;
    /** Answers do not wait for one another for longer, in nanoseconds: a signature of RSA may take as long alone. */
    private static final long PATIENCE = 500_000;

    private final StreamSocket socket;
    private final KeptKeys keys;
    private final PacedWarnings log;
    private final LongSupplier nanos;
    private final Consumer<KeyStream> ended;
    private final ByteBuffer in = ByteBuffer.allocateDirect(ROOM);
    private final ByteBuffer out = ByteBuffer.allocateDirect(ROOM);

    /**
     * Serves nothing yet.
     *
     * @param nanos
     *            a clock such as {@link System#nanoTime}
     * @param ended
     *            is told when it has ended
     */
    KeyStream(StreamSocket socket, KeptKeys keys, PacedWarnings log, LongSupplier nanos,
            Consumer<KeyStream> ended) {
        this.socket = socket;
        this.keys = keys;
        this.log = log;
        this.nanos = nanos;
        this.ended = ended;
    }

    @Override
    public void run() {
        try {
            while (socket.read(in) >= 0) {
                in.flip();
                answerAll();
                in.compact();
                flush();
            }
        } catch (GarbageException garbage) {
            log.warn("worker refused: a key stream that said " + garbage.getMessage() + ", which is closed");
        } catch (IOException gone) {
            // The worker has closed it, or died, and asks for another if it needs one.
        } finally {
            socket.close();
            ended.accept(this);
        }
    }

    private void answerAll() throws GarbageException, IOException {
        long since = nanos.getAsLong();
        for (Optional<SignatureRequest> next = SignatureRequest.read(in); next
                .isPresent(); next = SignatureRequest.read(in)) {
            SignatureAnswer answer = answer(next.get());
            if (!answer.write(out)) {
                flush();
                answer.write(out);
            }
            if (nanos.getAsLong() - since > PATIENCE) {
                flush();
                since = nanos.getAsLong();
            }
        }
    }

    private SignatureAnswer answer(SignatureRequest request) {
        try {
            KeptKey key = keys.of(request.key()).orElseThrow(() -> new IOException("there is no such key"));
            return new SignatureAnswer(request.id(),
                    Optional.of(key.signHandshake(request.scheme(), request.content())));
        } catch (IOException refused) {
            log.warn("worker refused: a signature: " + refused.getMessage());
            return new SignatureAnswer(request.id(), Optional.empty());
        }
    }

    private void flush() throws IOException {
        if (out.flip().hasRemaining()) {
            socket.write(out);
        }
        out.clear();
    }

    /** Ends the stream, from another thread. */
    void close() {
        socket.close();
    }
}
