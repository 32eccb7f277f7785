package org.relayd.runtime.relay.session;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Optional;
import org.relayd.ir.net.IpAddress;
import org.relayd.ir.net.Port;
import org.relayd.runtime.relay.select.TargetHost;
import org.relayd.runtime.relay.wire.Endpoints;

/**
 * One client of a relay and what belongs to it from accept to the end: its number, its timeout, its line in the log.
 * What is spoken with it is the business of its {@link Dialogue}. Lives on one event loop.
 *
 * <p>
 * There is one timeout rule: a session ends when nothing was read or written on either side for the session timeout, or
 * for a shorter time if it has to hurry. What the system has taken to send counts as written when it goes on to the
 * other end: it is asked about that when the session would end. A phase may have a fixed end instead, see
 * {@link #limit(Limit)}.
 */
public final class Session {
    /** Place in the {@link IdleWheel}. */
    Session before;
    Session after;
    int slot;

    private final RunningRelay relay;
    private final RelayLoop loop;
    private final Endpoints client;
    private final RelayTls admitted;
    private final long id;
    private final InetSocketAddress clientAddress;
    private Dialogue dialogue = Silence.INSTANCE;
    private TargetHost host;
    private Optional<String> tag = Optional.empty();
    private long start;
    private long lastActivity;
    /** Nanoseconds of silence that it bears. */
    private long patience;
    private long fixedEnd;
    private Optional<Limit> limit = Optional.empty();
    private Optional<ReservedTarget> reserved = Optional.empty();
    private boolean ended;
    /** Whether a descriptor for a target is set aside. */
    private boolean expecting;
    /** What the line tells of targets that could not be reached. */
    private String missed = "";

    /** A client has come; {@link #open} follows. */
    public Session(RunningRelay relay, RelayLoop loop, Endpoints client) {
        this(relay, loop, client, relay.tls());
    }

    /**
     * The same with a client that came earlier.
     *
     * @param admitted
     *            how the relay spoke TLS that let the client in
     */
    public Session(RunningRelay relay, RelayLoop loop, Endpoints client, RelayTls admitted) {
        this.relay = relay;
        this.loop = loop;
        this.client = client;
        this.admitted = admitted;
        id = relay.open();
        patience = relay.timeout();
        clientAddress = client.remoteAddress();
        host = TargetHost.none(new Port(relay.selector().configuredPort()));
        start = loop.ticker().nanos();
        lastActivity = start;
    }

    /** Nothing is spoken yet. */
    private enum Silence implements Dialogue {
        INSTANCE;

        @Override
        public void begin(ByteBuf come) {
            // Nobody reads.
        }

        @Override
        public long quiet() {
            return Long.MAX_VALUE;
        }

        @Override
        public void idle() {
            // The first dialogue begins in the same call as the session.
        }

        @Override
        public String entries() {
            return "";
        }

        @Override
        public void ended(SessionEnd end) {
            // There is nothing to close.
        }
    }

    /** Begins to count the session's time, and its first dialogue. */
    public void open(Dialogue first) {
        open(first, Unpooled.EMPTY_BUFFER, false);
    }

    /**
     * The same with a client of another session that has ended.
     *
     * @param come
     *            what the client has sent already
     * @param all
     *            whether it sends no more than that
     */
    public void open(Dialogue first, ByteBuf come, boolean all) {
        relay.tell(id, "established");
        begin(first, come);
        if (all && !ended) {
            dialogue.clientEnded();
        }
    }

    /** The same with a dialogue that has to prepare the connection first; {@link #prepared} follows. */
    public void prepare(Dialogue first) {
        begin(first, Unpooled.EMPTY_BUFFER);
    }

    /** The connection to the client is ready to be used: another dialogue goes on with it. */
    public void prepared(Dialogue next) {
        relay.tell(id, "established");
        hand(next, Unpooled.EMPTY_BUFFER);
    }

    private void begin(Dialogue first, ByteBuf come) {
        loop.wheel().add(this);
        expectTarget();
        hand(first, come);
    }

    /**
     * Another dialogue goes on.
     *
     * @param come
     *            what the client has sent for it already
     */
    public void hand(Dialogue next, ByteBuf come) {
        dialogue = next;
        next.begin(come);
    }

    private void expectTarget() {
        if (!expecting) {
            expecting = true;
            loop.transport().expectTarget(1);
        }
    }

    /** The session has the descriptor for its target, or needs none any more. */
    void expectNothing() {
        if (expecting) {
            expecting = false;
            loop.transport().expectTarget(-1);
        }
    }

    /** Returns the relay of this session. */
    public RunningRelay relay() {
        return relay;
    }

    /** Returns the loop of this session. */
    public RelayLoop loop() {
        return loop;
    }

    /** Returns the addresses of the connection to the client. */
    public Endpoints client() {
        return client;
    }

    /** Returns how the relay spoke TLS that let the client in. */
    public RelayTls admitted() {
        return admitted;
    }

    /** Returns the address of the client. */
    public InetSocketAddress clientAddress() {
        return clientAddress;
    }

    /** Returns the target that was chosen last. */
    public TargetHost host() {
        return host;
    }

    /** A target has been chosen. */
    public void host(TargetHost chosen) {
        host = chosen;
    }

    /** The next dialogue is to take this connection to a target. */
    void reserve(ReservedTarget target) {
        reserved = Optional.of(target);
    }

    /** Returns whether a dialogue before has made a connection to a target for this one. */
    public boolean hasReserved() {
        return reserved.isPresent();
    }

    /** Returns the connection that a dialogue before has left for this one; it belongs to who asks. */
    Optional<ReservedTarget> takeReserved() {
        Optional<ReservedTarget> taken = reserved;
        reserved = Optional.empty();
        return taken;
    }

    /**
     * A target could not be reached, and another one is chosen: the line of the session tells.
     *
     * @param words
     *            why, in the system's words
     */
    public void missed(TargetHost target, String words) {
        expectTarget();
        if (relay.keepsEntries()) {
            missed += " " + target.text() + ":" + target.port() + " failed (" + words + ");";
        }
    }

    /** Returns the number of the session, from 1. */
    public long id() {
        return id;
    }

    /** Returns the tag of the current dialect or mark of dialect 5.1. */
    public Optional<String> tag() {
        return tag;
    }

    /** Sets or clears the tag. */
    public void tag(Optional<String> next) {
        tag = next;
    }

    /** Returns whether {@link #end} was called. */
    public boolean isEnded() {
        return ended;
    }

    /** Notes that bytes were read or written. */
    public void touch() {
        lastActivity = loop.ticker().nanos();
    }

    /** The target is connected: the session's age counts from now on. */
    void restart() {
        start = loop.ticker().nanos();
    }

    /** Gives the present phase an end that activity does not move: the session timeout from now on. */
    public void limit(Limit whose) {
        limit(relay.timeout(), whose);
    }

    /**
     * The same for a phase with a time of its own.
     *
     * @param most
     *            nanoseconds; the session timeout if that is shorter
     */
    public void limit(long most, Limit whose) {
        fixedEnd = loop.ticker().nanos() + Math.min(most, patience);
        limit = Optional.of(whose);
        loop.wheel().hasten(this);
    }

    /**
     * The same for a part of the present phase, which ends with that at the latest.
     *
     * @param most
     *            nanoseconds
     */
    void limitWithin(long most, Limit whose) {
        long left = limit.isPresent() ? fixedEnd - loop.ticker().nanos() : patience;
        limit(Math.min(most, left), whose);
    }

    /** Ends the phase: from now on activity counts again. */
    public void unlimit() {
        limit = Optional.empty();
        touch();
    }

    /**
     * From now on the session ends when nothing was read or written for a shorter time than the session timeout.
     *
     * @param most
     *            nanoseconds; does nothing if the session timeout is shorter
     */
    public void hurry(long most) {
        patience = Math.min(patience, most);
        fixedEnd = Math.min(fixedEnd, loop.ticker().nanos() + patience);
        loop.wheel().hasten(this);
    }

    /** When the session has to end, in nanoseconds of the loop's clock. */
    long deadline() {
        return limit.isPresent() ? fixedEnd : lastActivity + patience;
    }

    /** The deadline has passed, unless the system goes on with what a slow reader has still to take. */
    void expire() {
        if (limit.isPresent()) {
            limit.get().passed();
        } else if (idle() >= patience) {
            dialogue.idle();
        }
    }

    /** Returns the nanoseconds for which nothing was read or written on either side. */
    private long idle() {
        long now = loop.ticker().nanos();
        long idle = Math.min(now - lastActivity, dialogue.quiet());
        lastActivity = now - idle;
        return idle;
    }

    /** Returns whether nothing that has an end of its own is under way, and nothing was read or written for a time. */
    public boolean rests(long nanos) {
        return limit.isEmpty() && idle() >= nanos;
    }

    /** The relay was taken out of the configuration, or the daemon is about to end. */
    public void retire() {
        dialogue.retired();
    }

    /**
     * Ends the session with a line in the log; the dialogue closes the connections the way that the end asks for. Once.
     */
    public void end(SessionEnd why) {
        if (!ended) {
            ended = true;
            loop.wheel().remove(this);
            expectNothing();
            try {
                write(why);
            } finally {
                closeBoth(why);
            }
        }
    }

    private void write(SessionEnd why) {
        int active = relay.close();
        if (relay.keepsEntries() && mayWrite(why)) {
            relay.write(new SessionLine(relay.path().name(), id, active, tag,
                    IpAddress.of(clientAddress.getAddress()).toString(), host.text(), host.port(), why.text(),
                    missed + dialogue.entries()), why);
        }
    }

    /** Anybody can have a handshake fail, as often as they like and with next to no effort. */
    private boolean mayWrite(SessionEnd why) {
        boolean cheap = why instanceof SessionEnd.NoHandshake failed && failed.side() == Side.CLIENT;
        return !cheap || relay.failedHandshakes().mayWrite(loop.executor());
    }

    /** Ends the session without a line: the daemon stops. It is out of its wheel already. */
    public void drop() {
        ended = true;
        expectNothing();
        relay.close();
        closeBoth(SessionEnd.Fixed.STOPPED);
    }

    private void closeBoth(SessionEnd why) {
        dialogue.ended(why);
        takeReserved().ifPresent(target -> why.closing().target(target.wire()));
    }

    /** Returns the session as relayctl(8) shows it. */
    public SessionView view() {
        long now = loop.ticker().nanos();
        Optional<InetSocketAddress> to = host.state() == TargetHost.State.NONE ? Optional.empty()
                : Optional.of(host.address());
        return new SessionView(id, relay.path().id(), relay.path().name(), clientAddress, to, ended,
                Duration.ofNanos(now - start),
                Duration.ofNanos(idle()), tag);
    }
}
