package org.relayd.runtime.relay.session;

import io.netty.channel.embedded.EmbeddedChannel;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.relayd.ir.config.GlobalSettings.ConnectionLog;
import org.relayd.ir.config.Protocol.TcpSettings;
import org.relayd.ir.term.Dialect;
import org.relayd.runtime.HostStates;
import org.relayd.runtime.SocketKind;
import org.relayd.runtime.parent.local.LocalSockets;
import org.relayd.runtime.parent.OpenSocket;
import org.relayd.runtime.platform.NatLookup;
import org.relayd.runtime.relay.Paths;
import org.relayd.runtime.relay.RecordingLog;
import org.relayd.runtime.relay.wire.Fault;
import org.relayd.runtime.relay.wire.Transport;
import org.relayd.runtime.system.Errno;
import org.relayd.runtime.system.ErrorName;
import org.relayd.runtime.relay.wire.KeptLimit;

/** A loop whose time stands still until a test moves it, and whose connects succeed or fail when the test says so. */
public final class StandingLoop implements AutoCloseable, Transport {
    private static final Duration TICK = Duration.ofMillis(100);

    private final EmbeddedChannel channel = new EmbeddedChannel();
    private final RecordingLog log = new RecordingLog();
    private final RelayLoop loop = new RelayLoop(channel.eventLoop(), this, KeptLimit.none(), this::nanos);
    private final RunningRelay relay;
    private Optional<ConnectOutcome> outcome = Optional.empty();
    private Optional<InetSocketAddress> goal = Optional.empty();
    private int expected;
    private long now = 1_000_000_000L;

    /** A loop with one relay, which logs every session. All hosts are usable. */
    public StandingLoop(Paths path) {
        this(path, _ -> _ -> true);
    }

    /** The same with other hosts. */
    public StandingLoop(Paths path, HostStates hosts) {
        this(path, hosts, Dialect.CURRENT);
    }

    /** The same in another dialect. */
    public StandingLoop(Paths path, Dialect dialect) {
        this(path, _ -> _ -> true, dialect);
    }

    private StandingLoop(Paths path, HostStates hosts, Dialect dialect) {
        channel.freezeTime();
        relay = new RunningRelay(path.build("r", 1), new RelaySettings(dialect, ConnectionLog.ALL), hosts, log,
                new RunningRelay.SessionNumbers(), new LocalSockets(SocketKind.ofThisMachine(), NatLookup.none()),
                Optional.empty());
    }

    private long nanos() {
        return now;
    }

    /** The relay. */
    public RunningRelay relay() {
        return relay;
    }

    /** A client has come. */
    public Session arrive(HeldWire client, Opening opening) {
        Session session = new Session(relay, loop, client);
        session.open(opening.dialogue(session, client));
        return session;
    }

    /** A client has come whose connection has to be prepared. */
    public Session prepare(HeldWire client, Opening first) {
        Session session = new Session(relay, loop, client);
        session.prepare(first.dialogue(session, client));
        return session;
    }

    /** Time passes. */
    public void pass(Duration time) {
        for (Duration passed = Duration.ZERO; passed.compareTo(time) < 0; passed = passed.plus(TICK)) {
            now += TICK.toNanos();
            channel.advanceTimeBy(TICK.toMillis(), TimeUnit.MILLISECONDS);
            channel.runScheduledPendingTasks();
            channel.runPendingTasks();
        }
    }

    /** Whether a connect is under way. */
    public boolean isConnecting() {
        return outcome.isPresent();
    }

    /** Where the connect under way goes. */
    public String goal() {
        return goal.orElseThrow().getAddress().getHostAddress();
    }

    /** How many sessions may still need a descriptor for their target. */
    public int expected() {
        return expected;
    }

    /** The connect under way fails. */
    public void failed(ErrorName why, Cause cause) {
        ConnectOutcome told = outcome.orElseThrow();
        outcome = Optional.empty();
        told.failed(new Failure(Fault.of(Errno.of(why)), cause));
        channel.runPendingTasks();
    }

    /** The connect under way succeeds. */
    public void connected(HeldWire target) {
        ConnectOutcome told = outcome.orElseThrow();
        outcome = Optional.empty();
        told.connected(target);
    }

    /** What was logged. */
    public RecordingLog log() {
        return log;
    }

    @Override
    public Listener listen(OpenSocket socket, TcpSettings tcp, Arrivals arrivals) {
        throw new IllegalStateException("clients come when the test says so");
    }

    @Override
    public Attempt connect(InetSocketAddress address, TcpSettings tcp, ConnectOutcome answer) {
        outcome = Optional.of(answer);
        goal = Optional.of(address);
        return () -> outcome = Optional.empty();
    }

    @Override
    public Attempt connect(OpenSocket socket, InetSocketAddress address, TcpSettings tcp, ConnectOutcome answer) {
        throw new IllegalStateException("nobody binds sockets here");
    }

    @Override
    public void expectTarget(int change) {
        expected += change;
    }

    @Override
    public void close() {
        loop.parking().close();
        channel.finishAndReleaseAll();
    }
}
