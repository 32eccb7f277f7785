package org.relayd.runtime.hce;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import org.relayd.ir.config.HealthCheck;
import org.relayd.ir.config.HostId;
import org.relayd.ir.config.Table;
import org.relayd.ir.config.TableId;
import org.relayd.ir.plan.HealthPlan;
import org.relayd.ir.term.HostState;
import org.relayd.runtime.HealthEvent;
import org.relayd.runtime.HealthListener;
import org.relayd.runtime.HostStates;
import org.relayd.runtime.Log;
import org.relayd.runtime.hce.check.CheckOutcome;
import org.relayd.runtime.hce.check.CheckTarget;
import org.relayd.runtime.hce.check.Checker;
import org.relayd.runtime.parent.message.Handover;

/**
 * Knows the state of every host: checks it, counts, logs, and tells the listeners. All methods but {@link #of} are for
 * the engine thread only, the one that the given time belongs to.
 */
public final class HealthCheckEngine implements HostStates {
    private final EngineTime time;
    private final Function<HealthCheck, Checker> checkers;
    private final Log log;
    private final List<HealthListener> listeners;
    private final CheckScheduler scheduler;
    private HealthPlan plan;
    private HealthLog what;
    private HostLine lines;
    private Roster roster;
    // Also read by the event loops of relays that start.
    private volatile Map<TableId, UsableHosts> usable;

    /**
     * Creates an engine that checks nothing yet; the hosts of tables without check are usable from here on, and those
     * that another process has found up.
     *
     * @param plan
     *            what to check
     * @param before
     *            what another process knew of the same plan
     * @param what
     *            which lines are logged, in which words
     * @param time
     *            clock and timer of the engine thread
     * @param random
     *            spreads the checks of a round
     * @param checkers
     *            gives the checker for a check
     * @param log
     *            takes the lines
     * @param listeners
     *            told of every event, in this order
     */
    public HealthCheckEngine(HealthPlan plan, Handover before, HealthLog what, EngineTime time, RandomGenerator random,
            Function<HealthCheck, Checker> checkers, Log log, List<HealthListener> listeners) {
        this.time = time;
        this.checkers = checkers;
        this.log = log;
        this.listeners = List.copyOf(listeners);
        this.scheduler = new CheckScheduler(time, random, this::begin, () -> tell(new HealthEvent.RoundStarted()));
        this.plan = plan;
        this.what = what;
        this.lines = new HostLine(what.dialect());
        this.roster = Roster.of(plan.tables());
        roster.goOn(before);
        this.usable = usableHosts();
    }

    @Override
    public TableHosts of(TableId table) {
        UsableHosts hosts = usable.get(table);
        if (hosts == null) {
            throw new IllegalArgumentException("no table " + table);
        }
        return hosts;
    }

    /** Checks all hosts now, then every interval: at the start, and for {@code relayctl poll}. */
    public void poll() {
        scheduler.restart(plan.interval(), () -> roster.tables());
    }

    /** Ends all checks. */
    public void stop() {
        scheduler.stop();
        abandonAll();
    }

    /**
     * Takes over a new plan and polls. A host keeps state and counts if its table has the same name, port and check as
     * before and it has the same name and address, and whether it was disabled in any case; views of the hosts of a
     * table that relays hold stay valid if all its hosts are the same.
     */
    public void reload(HealthPlan next, HealthLog nextWhat) {
        stop();
        plan = next;
        what = nextWhat;
        lines = new HostLine(nextWhat.dialect());
        roster = roster.reloaded(next.tables());
        usable = usableHosts();
        poll();
    }

    /** Returns all tables in order of their ids. */
    public List<TableView> tables() {
        return roster.tables().stream().map(CheckedTable::view).toList();
    }

    /** Returns one table. */
    public Optional<TableView> table(TableId id) {
        return roster.table(id).map(CheckedTable::view);
    }

    /** Returns the first table with a name, such as {@code web:80}. */
    public Optional<TableId> tableNamed(String name) {
        return roster.table(name).map(table -> table.table().id());
    }

    /** Returns the first host with a name as written in the file. */
    public Optional<HostId> hostNamed(String name) {
        return roster.host(name).map(host -> host.host().id());
    }

    /**
     * Disables or enables a host, together with the hosts that name it as parent. A disabled host is not checked, gets
     * no sessions and loses its counts; an enabled one is unknown until its next check.
     *
     * @return false if there is no such host, or if it has a parent
     */
    public boolean switchHost(HostId id, boolean enabled) {
        Optional<CheckedHost> found = roster.host(id).filter(host -> host.host().parent().isEmpty());
        found.ifPresent(host -> {
            if (host.enabled() != enabled) {
                switchFamily(host, enabled);
            }
        });
        return found.isPresent();
    }

    /**
     * Disables or enables a table: its hosts are unknown until their next check, and get no sessions while it is
     * disabled.
     *
     * @return false if there is no such table
     */
    public boolean switchTable(TableId id, boolean enabled) {
        Optional<CheckedTable> found = roster.table(id);
        found.filter(table -> table.enabled() != enabled).ifPresent(table -> {
            table.setEnabled(enabled);
            table.hosts().forEach(host -> {
                drop(host);
                host.condition().becomeUnknown();
                host.publish();
            });
            tell(new HealthEvent.TableSwitched(table.table(), enabled));
        });
        return found.isPresent();
    }

    // A check that is under way goes on: its end is logged as ignored.
    private void switchFamily(CheckedHost host, boolean enabled) {
        host.setEnabled(enabled);
        host.condition().reset();
        host.publish();
        tell(new HealthEvent.HostSwitched(host.table().table(), host.host(), enabled));
        host.children().forEach(child -> switchFamily(child, enabled));
    }

    private void begin(CheckedHost host) {
        Table table = host.table().table();
        HealthCheck check = table.check().orElseThrow();
        long started = time.nanos();
        CheckTarget target = new CheckTarget(host.host(), table.port(), table.timeout(),
                plan.proxyProtocol(table.id()));
        host.setRunning(Optional.of(checkers.apply(check).start(target, outcome -> {
            host.setRunning(Optional.empty());
            Duration took = outcome.took().orElseGet(() -> Duration.ofNanos(time.nanos() - started));
            takeFamily(host, outcome, took);
            scheduler.ended();
        })));
    }

    // No host is its own ancestor here: one that is has a parent, so that no check of it ever begins.
    private void takeFamily(CheckedHost host, CheckOutcome outcome, Duration took) {
        if (host.enabled() && host.table().enabled()) {
            take(host, outcome, took);
        } else if (what.stateChanges()) {
            log.info(lines.ignored(host));
        }
        host.children().forEach(child -> takeFamily(child, outcome, took));
    }

    private void take(CheckedHost host, CheckOutcome outcome, Duration took) {
        HostState before = host.condition().state();
        log.debug(() -> "hce_notify_done: " + host.host().name() + " (" + outcome.result().text() + ")");
        if (host.condition().take(outcome.result(), host.host().retry())) {
            log.debug(() -> "hce_notify_done: host " + host.host().name() + " retry " + host.condition().forgiven());
        }
        HostState now = host.condition().state();
        host.publish();
        if (before == now ? what.hostChecks() : what.stateChanges()) {
            log.info(lines.checked(host, before, outcome, took));
        }
        tell(new HealthEvent.HostChecked(host.table().table(), host.host(), before, now, outcome.result()));
    }

    /** Ends the check of a host that is under way, if one is. */
    private void drop(CheckedHost host) {
        if (host.abandon()) {
            scheduler.ended();
        }
    }

    private void abandonAll() {
        roster.tables().forEach(table -> table.hosts().forEach(this::drop));
    }

    private Map<TableId, UsableHosts> usableHosts() {
        Map<TableId, UsableHosts> all = new HashMap<>();
        roster.tables().forEach(table -> all.put(table.table().id(), table.usable()));
        return Map.copyOf(all);
    }

    private void tell(HealthEvent event) {
        listeners.forEach(listener -> listener.on(event));
    }
}
