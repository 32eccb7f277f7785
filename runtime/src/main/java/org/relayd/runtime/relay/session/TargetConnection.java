package org.relayd.runtime.relay.session;

import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.relayd.ir.config.Protocol.TcpSettings;
import org.relayd.ir.net.Port;
import org.relayd.ir.plan.RelayNode.Connect;
import org.relayd.runtime.ProxyHeader;
import org.relayd.runtime.relay.select.HashInput;
import org.relayd.runtime.relay.select.TargetHost;
import org.relayd.runtime.relay.wire.Secured;
import org.relayd.runtime.relay.wire.Transport;
import org.relayd.runtime.relay.wire.Wire;
import org.relayd.runtime.tls.TlsEngine;
import org.relayd.runtime.tls.TlsFacts;
import org.relayd.runtime.tls.TlsFailure;

/**
 * The way of a session to a target: choose, take a kept connection or connect (again, or to the next host, or when a
 * descriptor is free, or with the client's address), tell the target about the client, agree on TLS, ready. What is
 * sent before that waits. One connection at a time; there may be another after it.
 */
public final class TargetConnection implements Limit, TargetChoice.Answer {
    /** Attempts, a second apart, to get a descriptor. */
    private static final int DESCRIPTOR_ATTEMPTS = 5;
    /** Nanoseconds for a TLS handshake, within the time to connect. */
    private static final long HANDSHAKE_TIME = TimeUnit.SECONDS.toNanos(10);

    private enum State {
        /** There is no connection and none is wanted. */
        NONE,
        /** The target is not known yet. */
        CHOOSING,
        /** The target is known, the connection is not there yet. */
        CONNECTING,
        /** The connection is there, but how to speak TLS on it is not agreed on yet. */
        SECURING,
        /** The connection is there. */
        READY
    }

    private final Session session;
    private final Caller caller;
    private final TargetChoice choice;
    private State state = State.NONE;
    private Wire wire = ClosedWire.INSTANCE;
    private TargetHost host;
    private Optional<WaitingWire> waiting = Optional.empty();
    private Optional<Transport.Attempt> attempt = Optional.empty();
    /** What the connection speaks TLS by. */
    private Optional<TlsEngine.ClientContext> tls = Optional.empty();
    private Optional<TlsFacts> facts = Optional.empty();
    private boolean mayShare;
    private boolean shared;
    private int attemptsLeft;
    private int descriptorAttempts;

    /** The connection of a session; there is none yet. */
    public TargetConnection(Session session, Caller caller) {
        this.session = session;
        this.caller = caller;
        choice = new TargetChoice(session, this);
        host = session.host();
    }

    /** Who wants the connection. */
    public interface Caller {

        /** A target is chosen, and the connection to it on its way or there. */
        void underway();

        /**
         * The connection is there; its wire reads nothing yet and nobody hears it. What was sent before follows after
         * this call.
         */
        void ready();

        /** There will be no connection; the end has a status. */
        void failed(SessionEnd why);
    }

    /**
     * Returns the wire of the target: one that keeps what is sent while there is no connection yet, one that does
     * nothing while none is wanted.
     */
    public Wire wire() {
        return wire;
    }

    /** Returns the target that was chosen last. */
    public TargetHost host() {
        return host;
    }

    /** Returns what was agreed on with the target; empty without TLS, and of a connection that was kept. */
    public Optional<TlsFacts> facts() {
        return facts;
    }

    /** Returns whether the connection served another session before. */
    public boolean isShared() {
        return shared;
    }

    /**
     * Chooses a target among the tables of the relay and connects to it; or takes the connection that the dialogue
     * before has made for this one, see {@link #reserve}.
     *
     * @param input
     *            values that HTTP rules hashed; emptied
     * @param share
     *            whether a connection that another session has left behind may do
     */
    public void connect(HashInput input, boolean share) {
        Optional<ReservedTarget> reserved = session.takeReserved();
        if (reserved.isPresent()) {
            input.clear();
            adopt(reserved.get());
        } else {
            choose(share);
            choice.begin(input);
        }
    }

    private void adopt(ReservedTarget reserved) {
        host = reserved.host();
        tls = reserved.tls();
        shared = false;
        wire = reserved.wire();
        state = State.READY;
        caller.ready();
        if (!session.isEnded()) {
            caller.underway();
        }
    }

    /** Leaves the connection, which is there, to the next dialogue of the session. */
    public void reserve() {
        session.reserve(new ReservedTarget(session, host, tls, release()));
    }

    /** The same in the table of that number. */
    public void connect(int table, HashInput input, boolean share) {
        choose(share);
        choice.begin(table, input);
    }

    private void choose(boolean share) {
        mayShare = share;
        await();
        state = State.CHOOSING;
    }

    private void await() {
        WaitingWire next = new WaitingWire(session.loop().kept());
        waiting = Optional.of(next);
        wire = next;
    }

    @Override
    public void chosen(TargetHost chosen) {
        host = chosen;
        session.host(chosen);
        Optional<TlsEngine.ClientContext> context = session.relay().tls().client();
        Optional<Wire> kept = mayShare ? session.loop().parking().take(chosen, context) : Optional.empty();
        if (kept.isPresent()) {
            session.expectNothing();
            session.restart();
            // Another host may have been sought before, within a limit.
            session.unlimit();
            shared = true;
            tls = context;
            ready(kept.get());
        } else {
            connectAnew();
        }
        if (!session.isEnded()) {
            caller.underway();
        }
    }

    @Override
    public void none(SessionEnd why) {
        host = TargetHost.none(new Port(0));
        fail(why);
    }

    /** Connects to the chosen target even if connections to it are kept. */
    public void connectAnew() {
        shared = false;
        attemptsLeft = host.retry();
        descriptorAttempts = DESCRIPTOR_ATTEMPTS;
        if (waiting.isEmpty()) {
            await();
        }
        state = State.CONNECTING;
        session.limit(this);
        attempt();
    }

    private void attempt() {
        Attempted outcome = new Attempted();
        attempt = Optional.empty();
        Connect connect = session.relay().path().connect();
        TcpSettings tcp = connect.tcp();
        RelayLoop loop = session.loop();
        Transport.Attempt begun = connect.transparent()
                ? ForeignConnect.begin(loop, session.relay().rights(), session.clientAddress(),
                        host.address(), tcp, outcome)
                : loop.transport().connect(host.address(), tcp, outcome);
        if (!outcome.told) {
            attempt = Optional.of(begun);
            session.expectNothing();
        }
    }

    /** Gets the outcome of one attempt. */
    private final class Attempted implements Transport.ConnectOutcome {
        private boolean told;

        @Override
        public void connected(Wire connected) {
            told = true;
            session.expectNothing();
            tellOfClient(connected);
            // As of now: a reload may have changed it since the connect began.
            tls = session.relay().tls().client();
            if (tls.isPresent()) {
                secure(connected, tls.get());
            } else {
                arrived(connected);
            }
        }

        @Override
        public void failed(Transport.Failure failure) {
            told = true;
            attemptFailed(failure);
        }
    }

    /** The header of the PROXY protocol is the first that a target gets, before anything is agreed on with it. */
    private void tellOfClient(Wire target) {
        session.relay().path().connect().proxyProtocol().ifPresent(version -> {
            byte[] header = ProxyHeader.of(version, session.clientAddress(), session.client().localAddress(),
                    session.relay().path().listen().port());
            target.send(header, header.length);
        });
    }

    private void secure(Wire target, TlsEngine.ClientContext context) {
        Handshake begun = new Handshake(target);
        attempt = Optional.of(begun);
        state = State.SECURING;
        session.limitWithin(HANDSHAKE_TIME, this);
        target.secure(host.name().map(context::towards).orElseGet(context::towardsAny), begun);
    }

    /** Gets the outcome of the handshake with a target. */
    private final class Handshake implements Secured, Transport.Attempt {
        private final Wire target;

        Handshake(Wire target) {
            this.target = target;
        }

        @Override
        public void done(TlsFacts agreed) {
            facts = Optional.of(agreed);
            arrived(target);
        }

        @Override
        public void failed(TlsFailure failure) {
            attempt = Optional.empty();
            // It may still learn why.
            target.closeAfterOutput();
            missed(failure.text(), new SessionEnd.NoHandshake(Side.TARGET, Optional.of(failure.text()),
                    session.relay().settings().dialect(), SessionEnd.Closing.RESET));
        }

        @Override
        public void cancel() {
            target.close();
        }
    }

    private void arrived(Wire target) {
        session.restart();
        session.unlimit();
        ready(target);
    }

    private void ready(Wire target) {
        Optional<WaitingWire> kept = waiting;
        waiting = Optional.empty();
        attempt = Optional.empty();
        state = State.READY;
        wire = target;
        session.relay().tell(session.id(), "connected");
        caller.ready();
        kept.ifPresent(before -> before.replay(target));
    }

    private void attemptFailed(Transport.Failure failure) {
        attempt = Optional.empty();
        switch (failure.cause()) {
            case AT_ONCE -> {
                if (attemptsLeft-- > 0) {
                    failedToForward(failure, attemptsLeft > 0 ? ", next retry" : ", last retry");
                    inTurn(this::attempt);
                } else {
                    failedToForward(failure, "");
                    missed(failure.text(), SessionEnd.Fixed.FAILED);
                }
            }
            case REFUSED -> missed(failure.text(),
                    new SessionEnd.SocketError(failure.text(), session.relay().settings().dialect()));
            case EXHAUSTED -> waitForDescriptor();
        }
    }

    private void failedToForward(Transport.Failure failure, String next) {
        note(() -> "forward failed: " + failure.text() + next);
    }

    private void note(Supplier<String> what) {
        session.relay().log().debug(() -> "relay_connect: session " + session.id() + ": " + what.get());
    }

    /**
     * The chosen host cannot be reached: another one of its table may be. Nothing was sent, so nothing is sent twice.
     */
    private void missed(String words, SessionEnd why) {
        Optional<TargetHost> next = choice.another(host);
        if (next.isEmpty()) {
            fail(why);
            return;
        }
        TargetHost failed = host;
        note(() -> failed.text() + ": " + words + ", next host " + next.get().text());
        attempt.ifPresent(Transport.Attempt::cancel);
        session.missed(host, words);
        state = State.CONNECTING;
        session.limit(this);
        inTurn(() -> chosen(next.get()));
    }

    /**
     * Goes on, but not in this call: attempts that failed give their descriptors back at the end of a turn, and other
     * sessions wait for theirs.
     */
    private void inTurn(Runnable next) {
        session.loop().executor().execute(later(next));
    }

    @SuppressWarnings("FutureReturnValueIgnored") // one that was given up does nothing
    private void waitForDescriptor() {
        if (descriptorAttempts-- == 0) {
            fail(SessionEnd.Fixed.EXHAUSTED);
        } else {
            session.loop().executor().schedule(later(this::attempt), 1, TimeUnit.SECONDS);
        }
    }

    private Later later(Runnable next) {
        Later later = new Later(next);
        attempt = Optional.of(later);
        return later;
    }

    /** The next attempt, while it waits. */
    private static final class Later implements Runnable, Transport.Attempt {
        private final Runnable next;
        private boolean cancelled;

        Later(Runnable next) {
            this.next = next;
        }

        @Override
        public void run() {
            if (!cancelled) {
                next.run();
            }
        }

        @Override
        public void cancel() {
            cancelled = true;
        }
    }

    @Override
    public void passed() {
        switch (state) {
            case SECURING -> {
                SessionEnd late = new SessionEnd.NoHandshake(Side.TARGET, Optional.empty(),
                        session.relay().settings().dialect(), SessionEnd.Closing.AT_ONCE);
                missed(late.text(), late);
            }
            case NONE, CHOOSING, CONNECTING, READY -> missed("Operation timed out", SessionEnd.Fixed.CONNECT_TIMEOUT);
        }
    }

    /** The chosen target cannot be had. All ways of not getting one end here. */
    private void fail(SessionEnd why) {
        caller.failed(why);
    }

    /**
     * The session has been idle, or a phase of it took too long.
     *
     * @return whether that is the connection's fault, which has failed then
     */
    public boolean expired() {
        boolean connecting = state == State.CONNECTING || state == State.SECURING;
        if (connecting) {
            passed();
        }
        return connecting;
    }

    /** Leaves the connection, on which nothing is under way, to the next session. */
    public void park() {
        session.loop().parking().park(host, tls, release());
    }

    private Wire release() {
        choice.cancel();
        attempt.ifPresent(Transport.Attempt::cancel);
        attempt = Optional.empty();
        waiting = Optional.empty();
        facts = Optional.empty();
        state = State.NONE;
        Wire released = wire;
        wire = ClosedWire.INSTANCE;
        return released;
    }

    /** Gives the connection up. */
    public void close() {
        release().closeAfterOutput();
    }

    /** The session has ended. */
    public void ended(SessionEnd.Closing closing) {
        closing.target(release());
    }
}
