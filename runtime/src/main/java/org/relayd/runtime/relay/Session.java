package org.relayd.runtime.relay;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.relayd.ir.config.Protocol.TcpSettings;
import org.relayd.ir.net.IpAddress;
import org.relayd.ir.net.Port;
import org.relayd.ir.plan.RelayNode.TargetSource;
import org.relayd.runtime.relay.select.HashInput;
import org.relayd.runtime.relay.select.TargetHost;
import org.relayd.runtime.relay.wire.ClosedWire;
import org.relayd.runtime.relay.wire.Transport;
import org.relayd.runtime.relay.wire.WaitingWire;
import org.relayd.runtime.relay.wire.Wire;

/**
 * One client connection of a relay and what belongs to it: its number, its timeout, its target, its line in the log. Subclasses say what happens to the bytes. Lives on one event loop.
 *
 * <p>
 * There is one timeout rule: a session ends when nothing was read or written on either side for the session timeout. Two phases have a fixed end instead: a connect under way, and whatever a subclass
 * sets with {@link #limit}.
 */
public abstract class Session {
    /** Attempts, a second apart, to get a descriptor for the connection to the target. */
    private static final int DESCRIPTOR_ATTEMPTS = 5;

    /** Place in the {@link IdleWheel}. */
    Session before;
    Session after;
    int slot;

    private final RunningRelay relay;
    private final RelayLoop loop;
    private final Wire client;
    private final long id;
    private final InetSocketAddress clientAddress;
    private final HashInput hashInput = new HashInput();
    private Wire target = ClosedWire.INSTANCE;
    private TargetHost host;
    private Optional<Transport.Attempt> attempt = Optional.empty();
    private int attemptsLeft;
    private int descriptorAttempts;
    private Optional<String> tag = Optional.empty();
    private long start;
    private long lastActivity;
    private long fixedEnd;
    private boolean ended;
    /** Whether a descriptor for the target is set aside. */
    private boolean expecting;

    /** Takes over an accepted connection; {@link #open} follows. */
    protected Session(RunningRelay relay, RelayLoop loop, Wire client) {
        this.relay = relay;
        this.loop = loop;
        this.client = client;
        id = relay.open();
        clientAddress = client.remoteAddress();
        host = TargetHost.none(new Port(relay.selector().configuredPort()));
        start = System.nanoTime();
        lastActivity = start;
    }

    /** Begins to count the session's time and starts the conversation. */
    public final void open() {
        loop.wheel().add(this);
        expecting = true;
        loop.transport().expectTarget(1);
        begin();
    }

    /** The session has the descriptor for its target, or needs none any more. */
    private void expectNothing() {
        if (expecting) {
            expecting = false;
            loop.transport().expectTarget(-1);
        }
    }

    /** Starts the conversation. */
    protected abstract void begin();

    /** The target is connected; {@link #target} is its wire, which reads nothing yet. What was sent before follows after this call. */
    protected abstract void targetConnected();

    /**
     * There is no connection to the target.
     *
     * @param reason
     *            an end with a status, for clients that speak HTTP
     */
    protected abstract void targetFailed(SessionEnd reason);

    /** Nothing happened for the session timeout, or a fixed limit has passed. */
    protected abstract void idle();

    /** The session has ended: lets go of what is kept. */
    protected void ended(SessionEnd reason) {
        // Most sessions keep nothing.
    }

    /** Entries for the session line, each with a blank in front; empty if rules logged nothing. */
    protected abstract String entries();

    /** The relay of this session. */
    protected final RunningRelay relay() {
        return relay;
    }

    /** Whether it is a session of that relay. */
    final boolean belongsTo(RunningRelay which) {
        return relay == which;
    }

    /** The loop of this session. */
    protected final RelayLoop loop() {
        return loop;
    }

    /** Wire of the client. */
    public final Wire client() {
        return client;
    }

    /** Wire of the target; one that keeps what is sent while it is being connected, one that does nothing while there is none. */
    public final Wire target() {
        return target;
    }

    /** Address of the client. */
    public final InetSocketAddress clientAddress() {
        return clientAddress;
    }

    /** The chosen target. */
    public final TargetHost host() {
        return host;
    }

    /** Input of the next choice of a target. */
    protected final HashInput hashInput() {
        return hashInput;
    }

    /** Number of the session, from 1. */
    public final long id() {
        return id;
    }

    /** Tag of the current dialect or mark of dialect 5.1. */
    protected final Optional<String> tag() {
        return tag;
    }

    /** Sets or clears the tag. */
    protected final void tag(Optional<String> next) {
        tag = next;
    }

    /** True after {@link #end}. */
    public final boolean isEnded() {
        return ended;
    }

    /** Notes that bytes were read or written. */
    public final void touch() {
        lastActivity = System.nanoTime();
    }

    /** Sets an end for the present phase that activity does not move: the session timeout from now on. */
    public final void limit() {
        limit(relay.timeout());
    }

    /**
     * The same for a phase with a limit of its own.
     *
     * @param most
     *            nanoseconds; the session timeout if that is shorter
     */
    public final void limit(long most) {
        fixedEnd = System.nanoTime() + Math.min(most, relay.timeout());
        loop.wheel().hasten(this);
    }

    /** Ends the phase: from now on activity counts again. */
    public final void unlimit() {
        fixedEnd = 0;
        touch();
    }

    /** Nanoseconds of the system's clock at which the session has to end. */
    final long deadline() {
        return fixedEnd != 0 ? fixedEnd : lastActivity + relay.timeout();
    }

    /** The deadline has passed. */
    final void expire() {
        if (target instanceof WaitingWire) {
            targetFailed(SessionEnd.Fixed.CONNECT_TIMEOUT);
        } else {
            idle();
        }
    }

    /** Whether the kernel may move bytes between the two sides: {@code tcp splice}. */
    public final boolean splices() {
        return relay.path().connect().tcp().splice();
    }

    /** The PROXY protocol header that the target gets first, if the relay sends one. */
    protected final Optional<byte[]> proxyHeader() {
        return relay.path().connect().proxyProtocol().map(
                version -> ProxyHeader.of(version, clientAddress, client.localAddress(), relay.path().listen().port()));
    }

    /** Chooses a target among the tables of the relay and connects to it. */
    protected final void connect() {
        connect(chosen());
    }

    private TargetHost chosen() {
        return relay.choose(id, client, hashInput);
    }

    /** Chooses a target in the table of that number and connects to it. */
    protected final void connect(int table) {
        connect(relay.selector().select(table, clientAddress.getAddress().getAddress(), hashInput));
    }

    /**
     * Chooses a target without connecting to it.
     *
     * @return whether there is one; else {@link #targetFailed} has been called
     */
    protected final boolean choose() {
        return accept(chosen());
    }

    private void connect(TargetHost chosen) {
        if (!accept(chosen)) {
            return;
        }
        Optional<Wire> kept = reuses() ? loop.parking().take(chosen) : Optional.empty();
        if (kept.isPresent()) {
            target = kept.get();
            expectNothing();
            start = System.nanoTime();
            reused();
        } else {
            connectAnew();
        }
    }

    /** Whether a kept connection may serve the session that is about to connect. */
    protected boolean reuses() {
        return false;
    }

    /** A kept connection serves this session; it is {@link #target}, its listener is still another. */
    protected void reused() {
        throw new IllegalStateException("only sessions that reuse connections are given one");
    }

    /** Leaves the connection to the target, on which nothing is under way, to the next session. */
    protected final void park() {
        loop.parking().park(host, releaseTarget());
    }

    /** Connects to the chosen target even if connections to it are kept. */
    protected final void connectAnew() {
        if (!ended) {
            attemptsLeft = host.retry();
            descriptorAttempts = DESCRIPTOR_ATTEMPTS;
            target = new WaitingWire();
            limit();
            attempt();
        }
    }

    private boolean accept(TargetHost chosen) {
        switch (chosen.state()) {
            case NONE -> {
                relay.log().debug(() -> "relay_from_table: session " + id + ": no active hosts");
                targetFailed(relay.path().select().source() == TargetSource.NAT_LOOKUP ? SessionEnd.Fixed.NAT_LOOKUP
                        : SessionEnd.Fixed.FAILED);
            }
            case INVALID -> {
                relay.log().debug(() -> "relay_connect: session " + id + ": mapped to invalid address");
                targetFailed(SessionEnd.Fixed.FAILED);
            }
            case LOOP -> {
                relay.log().debug(() -> "relay_session: session " + id + ": looping");
                targetFailed(SessionEnd.Fixed.LOOP);
            }
            case USABLE -> host = chosen;
        }
        return chosen.state() == TargetHost.State.USABLE;
    }

    private void attempt() {
        Outcome outcome = new Outcome();
        TcpSettings tcp = relay.path().connect().tcp();
        Transport.Attempt begun = relay.path().connect().transparent()
                ? ForeignConnect.begin(loop, relay.privileged(), clientAddress, host.address(), tcp, outcome)
                : loop.transport().connect(host.address(), tcp, outcome);
        if (!outcome.told) {
            attempt = Optional.of(begun);
            expectNothing();
        }
    }

    /** Gets the outcome of one attempt. */
    private final class Outcome implements Transport.Outcome {
        private boolean told;

        @Override
        public void connected(Wire wire) {
            told = true;
            attempt = Optional.empty();
            expectNothing();
            Wire waiting = target;
            target = wire;
            start = System.nanoTime();
            unlimit();
            targetConnected();
            if (waiting instanceof WaitingWire kept) {
                kept.replay(wire);
            }
        }

        @Override
        public void failed(Transport.Failure failure) {
            told = true;
            attempt = Optional.empty();
            connectFailed(failure);
        }
    }

    private void connectFailed(Transport.Failure failure) {
        switch (failure.cause()) {
            case AT_ONCE -> {
                boolean again = attemptsLeft-- > 0;
                String next = attemptsLeft > 0 ? ", next retry" : again ? ", last retry" : "";
                relay.log().debug(() -> "relay_connect: session " + id + ": forward failed: " + failure.text() + next);
                if (again) {
                    // Not in this call: attempts that failed give their descriptors back at the end of a turn, and other sessions wait for theirs.
                    loop.executor().execute(this::attemptAgain);
                } else {
                    targetFailed(SessionEnd.Fixed.FAILED);
                }
            }
            case REFUSED -> targetFailed(new SessionEnd.SocketError(failure.text(), relay.settings().dialect()));
            case EXHAUSTED -> waitForDescriptor();
        }
    }

    @SuppressWarnings("FutureReturnValueIgnored") // a session that has ended ignores the call
    private void waitForDescriptor() {
        if (descriptorAttempts-- == 0) {
            targetFailed(SessionEnd.Fixed.EXHAUSTED);
            return;
        }
        loop.executor().schedule(this::attemptAgain, 1, TimeUnit.SECONDS);
    }

    private void attemptAgain() {
        if (!ended) {
            attempt();
        }
    }

    /** Gives the target away or up: the session has none from now on. */
    public final Wire releaseTarget() {
        Wire released = target;
        target = ClosedWire.INSTANCE;
        return released;
    }

    /** Ends the session with a line in the log and closes both sides the way that the reason asks for; once. */
    public final void end(SessionEnd reason) {
        if (!ended) {
            ended = true;
            attempt.ifPresent(Transport.Attempt::cancel);
            attempt = Optional.empty();
            loop.wheel().remove(this);
            expectNothing();
            ended(reason);
            write(reason);
            reason.closing().close(client, target);
        }
    }

    private void write(SessionEnd reason) {
        int active = relay.close();
        if (relay.keepsEntries()) {
            relay.write(new SessionLine(relay.path().name(), id, active, tag,
                    IpAddress.of(clientAddress.getAddress()).toString(), host.text(), host.port(), reason.text(),
                    entries()),
                    reason);
        }
    }

    /** Closes both sides without a line: the daemon stops. The session is out of its wheel already. */
    final void drop() {
        ended = true;
        expectNothing();
        relay.close();
        ended(SessionEnd.Fixed.STOPPED);
        attempt.ifPresent(Transport.Attempt::cancel);
        client.close();
        target.close();
    }

    final SessionView view() {
        long now = System.nanoTime();
        Optional<InetSocketAddress> to = host.state() == TargetHost.State.NONE ? Optional.empty()
                : Optional.of(host.address());
        return new SessionView(id, relay.path().id(), clientAddress, to, ended, Duration.ofNanos(now - start),
                Duration.ofNanos(now - lastActivity), tag);
    }
}
