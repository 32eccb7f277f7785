package org.relayd.runtime.tls.jdk;

import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLException;
import org.relayd.runtime.tls.TlsFacts;
import org.relayd.runtime.tls.TlsFailure;
import org.relayd.runtime.tls.TlsMemory;
import org.relayd.runtime.tls.TlsSide.Turn;
import org.relayd.runtime.tls.TlsStream;

/**
 * One {@link SSLEngine}. It is locked while one of its tasks runs, so it is left alone in state {@code WAITING}.
 *
 * <p>
 * Below TLS 1.3 the JDK ends both ways at once (RFC 5246 7.2.1): after a close_notify nothing can be sealed.
 */
final class JdkStream implements TlsStream {
    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);
    /** Turns of the engine that may produce the alert of a failure. */
    private static final int LAST_WORDS = 8;
    private static final byte ALERT = 21;
    private static final byte APPLICATION_DATA = 23;

    private final SSLEngine engine;
    private final TlsMemory memory;
    private final Turn turn;
    private final HandshakeWork work;
    private final Records records = new Records();
    private State state = State.HANDSHAKE;
    private Optional<TlsFailure> failure = Optional.empty();
    private boolean looked;
    private boolean begun;
    private boolean modern;
    private boolean finished;
    private int produced;

    JdkStream(SSLEngine engine, TlsMemory memory, Turn turn, HandshakeWork work) {
        this.engine = engine;
        this.memory = memory;
        this.turn = turn;
        this.work = work;
    }

    @Override
    public State state() {
        return state;
    }

    @Override
    public void begin() {
        memory.outView.clear();
        produced = 0;
        if (engine.getUseClientMode()) {
            looked = true;
            drive(NOTHING);
        }
        produced = memory.outView.position();
    }

    @Override
    public int open(int count, MemorySegment to) {
        memory.outView.clear();
        records.arrive(memory.inView.clear().limit(count));
        int opened = step(to);
        records.keep();
        return opened;
    }

    @Override
    public int proceed(MemorySegment to) {
        memory.outView.clear();
        if (state == State.WAITING && !work.isRunning()) {
            state = State.HANDSHAKE;
        }
        return step(to);
    }

    private int step(MemorySegment to) {
        ByteBuffer plain = to.asByteBuffer();
        if (state == State.HANDSHAKE || state == State.OPEN) {
            if (looked || look()) {
                drive(plain);
            }
        }
        if (state == State.ENDED || state == State.FAILED) {
            records.clear();
        }
        produced = memory.outView.position();
        return plain.position();
    }

    /** Returns whether a client's first bytes are for the engine; those of HTTP are not, and told apart. */
    private boolean look() {
        if (records.size() < PlainHttp.ENOUGH) {
            return false;
        }
        looked = true;
        if (PlainHttp.begins(records)) {
            fail(new TlsFailure(TlsFailure.Kind.PLAIN_HTTP, "HTTP without TLS"));
            return false;
        }
        return true;
    }

    private void drive(ByteBuffer plain) {
        try {
            if (!begun) {
                begun = true;
                engine.beginHandshake();
            }
            go(plain);
        } catch (SSLException | RuntimeException broken) {
            fail(Failures.of(broken));
        }
    }

    /** Goes on until more bytes are wanted, or an answer, or it is over. */
    private void go(ByteBuffer plain) throws SSLException {
        boolean more = true;
        while (more) {
            HandshakeStatus wanted = engine.getHandshakeStatus();
            more = switch (wanted) {
                case NEED_TASK -> {
                    await();
                    yield false;
                }
                case NEED_WRAP -> wrap(NOTHING);
                case NEED_UNWRAP, NEED_UNWRAP_AGAIN -> unwrap(plain);
                case NOT_HANDSHAKING, FINISHED -> {
                    opened();
                    yield unwrap(plain);
                }
            };
        }
    }

    private void await() {
        state = State.WAITING;
        work.run(engine, this::done);
    }

    /** On the thread of the task. */
    private void done() {
        try {
            turn.loop().execute(() -> {
                if (!work.isReleased()) {
                    turn.resumed().run();
                }
            });
        } catch (RejectedExecutionException loopIsClosed) {
            // Nobody is there who could go on.
        }
    }

    private void opened() {
        if (state == State.HANDSHAKE) {
            state = State.OPEN;
            modern = engine.getSession().getProtocol().equals("TLSv1.3");
            work.opened(engine);
        }
    }

    private boolean wrap(ByteBuffer plain) throws SSLException {
        SSLEngineResult result = engine.wrap(plain, memory.outView);
        return switch (result.getStatus()) {
            case OK -> true;
            case CLOSED -> false;
            case BUFFER_OVERFLOW, BUFFER_UNDERFLOW -> throw new IllegalStateException("more than a flight");
        };
    }

    private boolean unwrap(ByteBuffer plain) throws SSLException {
        ByteBuffer source = records.next();
        if (Records.isTooLong(source)) {
            fail(new TlsFailure(TlsFailure.Kind.PROTOCOL, "record is too long"));
            return false;
        }
        if (!Records.isWhole(source)) {
            return records.join();
        }
        if (state == State.OPEN && !modern && source.hasRemaining() && !goesOn(source.get(source.position()))) {
            fail(new TlsFailure(TlsFailure.Kind.PROTOCOL, "renegotiation is refused"));
            return false;
        }
        SSLEngineResult result = engine.unwrap(source, plain);
        return switch (result.getStatus()) {
            case OK -> true;
            case BUFFER_UNDERFLOW -> records.join();
            case CLOSED -> {
                end();
                yield false;
            }
            case BUFFER_OVERFLOW -> throw new IllegalStateException("no room for plaintext");
        };
    }

    /** Returns whether a record below TLS 1.3 may follow a handshake; the JDK would begin another one. */
    private static boolean goesOn(byte type) {
        return type == APPLICATION_DATA || type == ALERT;
    }

    /** The other end has sent its last. */
    private void end() throws SSLException {
        if (state != State.OPEN) {
            fail(new TlsFailure(TlsFailure.Kind.GONE, "closed within the handshake"));
        } else {
            state = State.ENDED;
            // What a version below 1.3 owes at once.
            while (engine.getHandshakeStatus() == HandshakeStatus.NEED_WRAP && wrap(NOTHING)) {
                finished |= engine.isOutboundDone();
            }
        }
    }

    @Override
    public int seal(MemorySegment from, int count) {
        memory.outView.clear();
        produced = 0;
        if ((state == State.OPEN || state == State.ENDED) && count > 0) {
            ByteBuffer plain = from.asByteBuffer().limit(count);
            try {
                while (plain.hasRemaining()) {
                    if (!wrap(plain)) {
                        fail(new TlsFailure(TlsFailure.Kind.GONE, "closed by the other end"));
                        break;
                    }
                }
            } catch (SSLException | RuntimeException broken) {
                fail(Failures.of(broken));
            }
            produced = memory.outView.position();
        }
        return produced;
    }

    @Override
    public int sealLast(MemorySegment from, int count) {
        seal(from, count);
        goodbye();
        return produced;
    }

    @Override
    public int finish() {
        memory.outView.clear();
        produced = 0;
        goodbye();
        return produced;
    }

    private void goodbye() {
        if ((state == State.OPEN || state == State.ENDED) && !finished) {
            finished = true;
            engine.closeOutbound();
            lastWords();
            produced = memory.outView.position();
        }
    }

    private void fail(TlsFailure why) {
        boolean silent = state == State.OPEN && why.kind() != TlsFailure.Kind.PROTOCOL;
        state = State.FAILED;
        failure = Optional.of(why);
        if (why.kind() != TlsFailure.Kind.PLAIN_HTTP && !silent) {
            lastWords();
        }
    }

    /** Produces an alert that the engine has for the other end; without one it would seal an empty record. */
    private void lastWords() {
        for (int turns = 0; turns < LAST_WORDS && engine.getHandshakeStatus() == HandshakeStatus.NEED_WRAP; turns++) {
            try {
                engine.wrap(NOTHING, memory.outView);
            } catch (SSLException | RuntimeException again) {
                // The engine tells once more what is known; the alert comes afterwards.
            }
        }
    }

    @Override
    public int produced() {
        return produced;
    }

    @Override
    public Optional<TlsFailure> failure() {
        return failure;
    }

    @Override
    public TlsFacts facts() {
        return new JdkFacts(engine, Witness.of(engine));
    }

    @Override
    public void release() {
        work.release();
        records.clear();
    }
}
