package org.relayd.runtime.tls.boringssl;

import io.netty.internal.tcnative.AsyncTask;
import io.netty.internal.tcnative.ResultCallback;
import io.netty.internal.tcnative.SSL;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.relayd.runtime.tls.TlsFacts;
import org.relayd.runtime.tls.TlsFailure;
import org.relayd.runtime.tls.TlsFailure.Kind;
import org.relayd.runtime.tls.TlsMemory;
import org.relayd.runtime.tls.TlsSide.Turn;
import org.relayd.runtime.tls.TlsStream;

/**
 * TLS of one connection. Memory of its own: the SSL with 512 bytes of BIO, and ciphertext that came while it waited for
 * an answer.
 */
final class BoringSslStream implements TlsStream {
    private static final int RECORD = 16 * 1024;
    private static final byte[] NOTHING = {};
    /** The alert internal_error, fatal. RFC 8446, 6. */
    private static final byte[] INTERNAL_ERROR = {21, 3, 3, 0, 2, 2, 80};

    private final NativeContext context;
    private final Counted held;
    private final Role role;
    private final TlsMemory memory;
    private final Turn turn;
    private final long ssl;
    private final MemoryBio bio;

    private State state = State.HANDSHAKE;
    private Optional<TlsFailure> failure = Optional.empty();
    private Optional<Waiting> waiting = Optional.empty();
    private Optional<Verification> verification = Optional.empty();
    private Optional<Material.Chain> signed = Optional.empty();
    private byte[] rest = NOTHING;
    private long greeting = Greeting.NONE;
    private final ClientHello hello = new ClientHello();
    private final boolean choosing;
    private boolean finished;
    private boolean released;

    private BoringSslStream(NativeContext context, Counted held, Role role, TlsMemory memory, Turn turn) {
        this.context = context;
        this.held = held;
        this.role = role;
        this.memory = memory;
        this.turn = turn;
        ssl = SSL.newSSL(context.pointer(), role instanceof Role.Server);
        bio = new MemoryBio(ssl, memory);
        choosing = role instanceof Role.Server server && server.only().isEmpty()
                && server.identities().anyChosenHere();
        context.census().born(Census.Kind.STREAM);
        context.enter(ssl, this);
    }

    /**
     * Makes a server's stream.
     *
     * @param held
     *            what it holds until its release
     */
    static TlsStream of(NativeContext context, Counted held, Role.Server role, TlsMemory memory, Turn turn) {
        if (!held.hold()) {
            return new ClosedStream(new TlsFailure(Kind.INTERNAL, "the configuration has changed"));
        }
        BoringSslStream stream = new BoringSslStream(context, held, role, memory, turn);
        role.only().ifPresent(stream::show);
        return stream;
    }

    /**
     * Makes a client's stream.
     *
     * @param held
     *            what it holds until its release
     * @param sessions
     *            where a session to resume may be
     */
    static TlsStream of(NativeContext context, Counted held, Role.Client role, TlsMemory memory, Turn turn,
            SessionStore sessions) {
        if (!held.hold()) {
            return new ClosedStream(new TlsFailure(Kind.INTERNAL, "the configuration has changed"));
        }
        BoringSslStream stream = new BoringSslStream(context, held, role, memory, turn);
        role.sent().ifPresent(name -> SSL.setTlsExtHostName(stream.ssl, name));
        role.expected().ifPresent(name -> sessions.offer(name, stream.ssl));
        return stream;
    }

    /** Returns the SSL; throws if it is freed. */
    long ssl() {
        if (released) {
            throw new IllegalStateException("the stream is released");
        }
        return ssl;
    }

    /** Returns the name of the target. */
    Optional<String> expected() {
        return role.expected();
    }

    @Override
    public State state() {
        return state;
    }

    @Override
    public void begin() {
        bio.begin();
        if (state == State.FAILED) {
            bio.put(INTERNAL_ERROR);
        }
        if (role instanceof Role.Client && !released) {
            bio.toSink();
            shake();
            bio.end();
        }
    }

    @Override
    public int open(int count, MemorySegment to) {
        bio.begin();
        if (state == State.WAITING) {
            throw new IllegalStateException("it waits: nothing is to be opened");
        }
        if (released || (state != State.HANDSHAKE && state != State.OPEN)) {
            return 0;
        }
        if (to.byteSize() < count + (long) RECORD) {
            throw new IllegalArgumentException(to.byteSize() + " bytes for " + count);
        }
        if (state == State.HANDSHAKE) {
            greeting = Greeting.of(greeting, memory.in, count);
            if (choosing && signed.isEmpty()) {
                hello.add(memory.in, count);
            }
        }
        bio.read(count);
        return advance(to);
    }

    @Override
    public int proceed(MemorySegment to) {
        bio.begin();
        if (released || state != State.WAITING || !waiting.map(Waiting::isAnswered).orElse(false)) {
            return 0;
        }
        waiting = Optional.empty();
        state = State.HANDSHAKE;
        int count = rest.length;
        if (to.byteSize() < count + (long) RECORD) {
            throw new IllegalArgumentException(to.byteSize() + " bytes for " + count);
        }
        MemorySegment.copy(rest, 0, memory.in, ValueLayout.JAVA_BYTE, 0, count);
        rest = NOTHING;
        bio.read(count);
        return advance(to);
    }

    private int advance(MemorySegment to) {
        int got = 0;
        if (state == State.HANDSHAKE) {
            shake();
        }
        if (state == State.OPEN) {
            got = read(to);
        }
        if (state == State.WAITING) {
            rest = bio.rest();
        }
        bio.end();
        return got;
    }

    /** Goes on with the handshake until it wants more ciphertext, an answer from elsewhere, or nothing more. */
    private void shake() {
        while (state == State.HANDSHAKE) {
            int result;
            try {
                result = SSL.doHandshake(ssl);
            } catch (Exception thrown) {
                // A callback of ours threw, whatever it was: native methods say nothing of checked exceptions.
                fail(new TlsFailure(Kind.INTERNAL, "internal error"));
                return;
            }
            int error = result == 1 ? SSL.SSL_ERROR_NONE : SSL.getError(ssl, result);
            if (error == SSL.SSL_ERROR_WANT_WRITE && bio.toSink()) {
                continue;
            }
            bio.flush();
            if (result == 1) {
                state = State.OPEN;
                verification = Optional.empty();
                signed = Optional.empty();
                if (role instanceof Role.Server) {
                    context.leave(ssl);
                }
            } else if (error != SSL.SSL_ERROR_WANT_READ) {
                suspendOrFail(error);
            } else if (bio.left() == 0) {
                return;
            }
        }
    }

    private void suspendOrFail(int error) {
        boolean key = error == SSL.SSL_ERROR_WANT_PRIVATE_KEY_OPERATION;
        boolean verify = error == SSL.SSL_ERROR_WANT_CERTIFICATE_VERIFY;
        if (!key && !verify && error != SSL.SSL_ERROR_WANT_X509_LOOKUP) {
            fail(reason(error));
            return;
        }
        Runnable task = SSL.getTask(ssl);
        if (task == null) {
            fail(new TlsFailure(Kind.INTERNAL, "internal error"));
        } else if (key && task instanceof AsyncTask sign) {
            await(sign::runAsync);
        } else if (verify && role.verifier().isPresent()) {
            Verification begun = new Verification(role.verifier().get(), role.expected());
            verification = Optional.of(begun);
            await(done -> begun.begin(task, done));
        } else {
            task.run();
        }
    }

    private void await(Consumer<Runnable> question) {
        Waiting answer = new Waiting(turn);
        question.accept(answer);
        if (!answer.isAnsweredAtOnce()) {
            waiting = Optional.of(answer);
            state = State.WAITING;
        }
    }

    private int read(MemorySegment to) {
        long address = to.address();
        int room = (int) Math.min(to.byteSize(), Integer.MAX_VALUE);
        int got = 0;
        while (bio.left() > 0) {
            int one = SSL.readFromSSL(ssl, address + got, room - got);
            if (one > 0) {
                got += one;
                continue;
            }
            int error = SSL.getError(ssl, one);
            if (error == SSL.SSL_ERROR_WANT_READ) {
                break;
            }
            if (error == SSL.SSL_ERROR_WANT_WRITE && bio.toSink()) {
                bio.toSource();
                continue;
            }
            if (error == SSL.SSL_ERROR_ZERO_RETURN) {
                state = State.ENDED;
            } else {
                fail(reason(error));
            }
            break;
        }
        return got;
    }

    private TlsFailure reason(int error) {
        Optional<TlsFailure> refused = verification.flatMap(Verification::failure);
        Optional<String> queued = ErrorQueue.take();
        if (refused.isPresent()) {
            return refused.get();
        }
        if (queued.isPresent() && role instanceof Role.Server && Greeting.isHttp(greeting)) {
            return new TlsFailure(Kind.PLAIN_HTTP, "plain HTTP");
        }
        if (error == SSL.SSL_ERROR_ZERO_RETURN || error == SSL.SSL_ERROR_SYSCALL) {
            return new TlsFailure(Kind.GONE, "closed during the handshake");
        }
        return queued.map(ErrorQueue::failure).orElse(new TlsFailure(Kind.INTERNAL, "error " + error));
    }

    private void fail(TlsFailure why) {
        SSL.clearError();
        boolean shaking = state == State.HANDSHAKE;
        state = State.FAILED;
        failure = Optional.of(why);
        bio.flush();
        if (why.kind() == Kind.PLAIN_HTTP) {
            bio.discard();
        } else if (why.kind() == Kind.INTERNAL && shaking && role instanceof Role.Server && bio.produced() == 0) {
            // The library says nothing when there is no signature. Its flight has not left: the client reads plaintext.
            bio.put(INTERNAL_ERROR);
        }
    }

    @Override
    public int seal(MemorySegment from, int count) {
        return seal(from, count, false);
    }

    @Override
    public int sealLast(MemorySegment from, int count) {
        return seal(from, count, true);
    }

    private int seal(MemorySegment from, int count, boolean last) {
        bio.begin();
        if (released || finished || (state != State.OPEN && state != State.ENDED)) {
            throw new IllegalStateException("nothing can be sealed in state " + state);
        }
        bio.toSink();
        int done = 0;
        while (done < count) {
            int one = SSL.writeToSSL(ssl, from.address() + done, count - done);
            if (one <= 0) {
                fail(reason(SSL.getError(ssl, one)));
                break;
            }
            done += one;
        }
        if (last && done == count) {
            finished = true;
            SSL.shutdownSSL(ssl);
        }
        bio.toSource();
        bio.end();
        return bio.produced();
    }

    @Override
    public int finish() {
        bio.begin();
        if (released || finished || (state != State.OPEN && state != State.ENDED)) {
            return 0;
        }
        finished = true;
        bio.toSink();
        SSL.shutdownSSL(ssl);
        bio.toSource();
        bio.end();
        return bio.produced();
    }

    @Override
    public int produced() {
        return bio.produced();
    }

    @Override
    public Optional<TlsFailure> failure() {
        return failure;
    }

    @Override
    public TlsFacts facts() {
        return new StreamFacts(this, role);
    }

    @Override
    public void release() {
        if (released) {
            return;
        }
        released = true;
        rest = NOTHING;
        context.leave(ssl);
        SSL.freeSSL(ssl);
        context.census().died(Census.Kind.STREAM);
        held.release();
    }

    /** Offers the certificates for the name that the client asks for; the library chooses the one that it can read. */
    void showIdentity() throws Exception {
        if (role instanceof Role.Server server && server.only().isEmpty()) {
            signed = Material.offer(ssl, server.identities().of(Identities.asked(SSL.getSniHostname(ssl))), hello);
            hello.forget();
        }
    }

    /** Offers a certificate before the client has asked for a name. */
    private void show(Material only) {
        try {
            signed = Material.offer(ssl, List.of(only), hello);
        } catch (Exception refused) {
            SSL.clearError();
            state = State.FAILED;
            failure = Optional.of(new TlsFailure(Kind.INTERNAL, "internal error"));
        }
    }

    /** Has the signer of what is shown sign. */
    void sign(int scheme, byte[] content, ResultCallback<byte[]> answer) {
        AtomicBoolean answered = new AtomicBoolean();
        try {
            signed.orElseThrow().signer().sign(scheme, content, signature -> {
                if (answered.compareAndSet(false, true)) {
                    signature.ifPresentOrElse(octets -> answer.onSuccess(ssl, octets),
                            () -> answer.onError(ssl, new IllegalStateException("refused")));
                }
            });
        } catch (RuntimeException fault) {
            if (answered.compareAndSet(false, true)) {
                answer.onError(ssl, fault);
            }
        }
    }
}
