package org.relayd.runtime.relay;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.relayd.ir.config.GlobalSettings.ConnectionLog;
import org.relayd.ir.plan.RelayPath;
import org.relayd.runtime.HostStates;
import org.relayd.runtime.Log;
import org.relayd.runtime.parent.Privileged;
import org.relayd.runtime.relay.access.AccessLogWriter;
import org.relayd.runtime.relay.select.HashInput;
import org.relayd.runtime.relay.select.HostSelector;
import org.relayd.runtime.relay.select.TargetHost;
import org.relayd.runtime.relay.wire.Wire;

/** One relay at work: what all its sessions share. Used by all event loops. */
public final class RunningRelay {
    private volatile RelayPath path;
    private volatile RelaySettings settings;
    private final Log log;
    private final HostSelector selector;
    private final SessionNumbers numbers;
    private final Privileged privileged;
    private final Optional<AccessLogWriter> accessLog;
    private final AtomicLong sessions = new AtomicLong();
    private final AtomicInteger active = new AtomicInteger();
    private final long timeout;

    RunningRelay(RelayPath path, RelaySettings settings, HostStates hosts, Log log, SessionNumbers numbers,
            Privileged privileged, Optional<AccessLogWriter> accessLog) {
        this.path = path;
        this.accessLog = accessLog;
        this.privileged = privileged;
        this.settings = settings;
        this.log = log;
        this.numbers = numbers;
        selector = new HostSelector(path, settings.dialect(), hosts);
        timeout = path.sessionTimeout().toNanos();
    }

    /** Takes over the numbers of the next plan, in which the relay does the same; its tables may be other objects. */
    void adopt(RelayPath next, RelaySettings nextSettings, HostStates hosts) {
        selector.adopt(next, hosts);
        settings = nextSettings;
        path = next;
    }

    /** Numbers and count of the sessions of all relays. */
    static final class SessionNumbers {
        private final AtomicLong last = new AtomicLong();
        private final AtomicInteger active = new AtomicInteger();
    }

    /** The plan of this relay. */
    public RelayPath path() {
        return path;
    }

    /** The log. */
    public Log log() {
        return log;
    }

    /** Settings of the daemon. */
    public RelaySettings settings() {
        return settings;
    }

    /** Number of the table that a rule names; empty if the relay has no such table. */
    public Optional<Integer> tableNamed(String template) {
        return selector.tableNamed(template);
    }

    /** Where its requests are logged, if anywhere. */
    public Optional<AccessLogWriter> accessLog() {
        return accessLog;
    }

    /** Does what may need more rights than this process has. */
    Privileged privileged() {
        return privileged;
    }

    /**
     * Chooses a target the way the relay's forward lines say.
     *
     * @param session
     *            number of the session, for the log
     * @param client
     *            its client
     * @param input
     *            values that HTTP rules hashed; emptied
     * @return a target of state NONE or LOOP if there is none
     */
    TargetHost choose(long session, Wire client, HashInput input) {
        byte[] from = client.remoteAddress().getAddress().getAddress();
        return switch (path.select().source()) {
            case CONFIGURED -> selector.select(from, input);
            case DESTINATION -> selector.meant(Optional.of(client.localAddress()), from, input);
            case NAT_LOOKUP -> selector.meant(untranslated(session, client), from, input);
        };
    }

    private Optional<InetSocketAddress> untranslated(long session, Wire client) {
        try {
            Optional<InetSocketAddress> known = client.originalDestination();
            return known.isPresent() ? known : privileged.natLookup(client.remoteAddress(), client.localAddress());
        } catch (IOException refused) {
            log.debug(() -> "relay_natlook: session " + session + ": " + refused.getMessage());
            return Optional.empty();
        }
    }

    HostSelector selector() {
        return selector;
    }

    /** Session timeout in nanoseconds. */
    public long timeout() {
        return timeout;
    }

    /** True if what rules log can ever be written, because sessions get lines. */
    public boolean keepsEntries() {
        return settings.sessions() != ConnectionLog.NONE;
    }

    /** Open sessions of this relay. */
    public int active() {
        return active.get();
    }

    /** Counts a new session and gives it its number. */
    long open() {
        sessions.incrementAndGet();
        active.incrementAndGet();
        numbers.active.incrementAndGet();
        return numbers.last.incrementAndGet();
    }

    /**
     * Counts a session that has ended.
     *
     * @return the sessions of all relays that were open, this one included
     */
    int close() {
        active.decrementAndGet();
        return numbers.active.getAndDecrement();
    }

    /** Writes the line of a session if the settings ask for it. */
    void write(SessionLine line, SessionEnd end) {
        switch (settings.sessions()) {
            case NONE -> {}
            case ERRORS -> {
                if (end.detail().isPresent()) {
                    write(line, end.detail());
                }
            }
            case ALL -> write(line, end.detail());
        }
    }

    private void write(SessionLine line, Optional<String> detail) {
        switch (settings.dialect()) {
            case V5_1 -> log.info(line.text());
            case CURRENT -> {
                if (detail.isPresent()) {
                    log.warn(line.text() + ": " + detail.get());
                } else {
                    log.info(line.text());
                }
            }
        }
    }

    RelayStatistics statistics() {
        return new RelayStatistics(path.id(), sessions.get(), active.get());
    }
}
