package org.relayd.runtime.relay.session;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.relayd.ir.config.GlobalSettings.ConnectionLog;
import org.relayd.ir.plan.RelayPath;
import org.relayd.runtime.HostStates;
import org.relayd.runtime.Log;
import org.relayd.runtime.parent.RelayRights;
import org.relayd.runtime.relay.access.AccessLogWriter;
import org.relayd.runtime.relay.select.HostSelector;

/** One relay at work: what all its sessions share. Used by all event loops. */
public final class RunningRelay {
    private volatile RelayPath path;
    private volatile RelaySettings settings;
    private volatile RelayTls tls = RelayTls.none();
    private final FailedHandshakes failedHandshakes = new FailedHandshakes(this::tellOfFailed);
    private final Log log;
    private final HostSelector selector;
    private final SessionNumbers numbers;
    private final RelayRights rights;
    private final Optional<AccessLogWriter> accessLog;
    private final AtomicLong sessions = new AtomicLong();
    private final AtomicInteger active = new AtomicInteger();
    private final AtomicReference<Optional<Runnable>> last = new AtomicReference<>(Optional.empty());
    private final long timeout;

    /** Makes a relay without sessions. */
    public RunningRelay(RelayPath path, RelaySettings settings, HostStates hosts, Log log, SessionNumbers numbers,
            RelayRights rights, Optional<AccessLogWriter> accessLog) {
        this.path = path;
        this.accessLog = accessLog;
        this.rights = rights;
        this.settings = settings;
        this.log = log;
        this.numbers = numbers;
        selector = new HostSelector(path, settings.dialect(), hosts);
        timeout = path.sessionTimeout().toNanos();
    }

    /** Takes over the numbers of the next plan, in which the relay does the same; its tables may be other objects. */
    public void adopt(RelayPath next, RelaySettings nextSettings, HostStates hosts) {
        selector.adopt(next, hosts);
        settings = nextSettings;
        path = next;
    }

    /** Speaks TLS that way with clients and targets that come from now on. Any thread. */
    public void tls(RelayTls next) {
        tls = next;
    }

    /** Returns how it speaks TLS. */
    public RelayTls tls() {
        return tls;
    }

    /** Numbers and count of the sessions of all relays. */
    public static final class SessionNumbers {
        private final AtomicLong last = new AtomicLong();
        private final AtomicInteger active = new AtomicInteger();
    }

    /** Returns the plan of this relay. */
    public RelayPath path() {
        return path;
    }

    /** Returns the log. */
    public Log log() {
        return log;
    }

    /** Settings of the daemon. */
    public RelaySettings settings() {
        return settings;
    }

    /** Returns the number of the table that a rule names; empty if the relay has no such table. */
    public Optional<Integer> tableNamed(String template) {
        return selector.tableNamed(template);
    }

    /** Returns where its requests are logged, if anywhere. */
    public Optional<AccessLogWriter> accessLog() {
        return accessLog;
    }

    /** Does what may need more rights than this process has. */
    RelayRights rights() {
        return rights;
    }

    /** Returns whether the kernel may move bytes between the two sides: {@code tcp splice}. */
    public boolean splices() {
        return path.connect().tcp().splice();
    }

    /** Returns whether a client could not be served yet, since the first checks of hosts have not ended. */
    public boolean awaitsHosts() {
        return selector.isAwaited();
    }

    HostSelector selector() {
        return selector;
    }

    /** Returns the session timeout in nanoseconds. */
    public long timeout() {
        return timeout;
    }

    /** Returns whether what rules log can ever be written, because sessions get lines. */
    public boolean keepsEntries() {
        return settings.sessions() != ConnectionLog.NONE;
    }

    /** Returns the number of open sessions of this relay. */
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

    /** Tells those who debug how far a session is; the count is that of all relays. */
    void tell(long session, String state) {
        log.debug(() -> "relay " + path.name() + ", " + (path.listen().tls().isPresent() ? "tls " : "") + "session "
                + session + " " + state + " (" + numbers.active.get() + " active)");
    }

    /** Returns which clients that did not shake hands get a line. */
    FailedHandshakes failedHandshakes() {
        return failedHandshakes;
    }

    private void tellOfFailed(long count) {
        String line = "relay " + path.name() + ": " + count + " more sessions without TLS handshake";
        switch (settings.dialect()) {
            case V5_1 -> log.info(line);
            case CURRENT -> log.warn(line);
        }
    }

    /**
     * Counts a session that has ended.
     *
     * @return the sessions of all relays that were open, this one included
     */
    int close() {
        if (active.decrementAndGet() == 0) {
            tellOfLast();
        }
        return numbers.active.getAndDecrement();
    }

    /**
     * No more sessions come to this relay.
     *
     * @param then
     *            is called once, when no session is left: now, or by the loop of the last one while that ends
     */
    public void retire(Runnable then) {
        last.set(Optional.of(then));
        if (active.get() == 0) {
            tellOfLast();
        }
    }

    private void tellOfLast() {
        if (last.get().isPresent()) {
            last.getAndSet(Optional.empty()).ifPresent(Runnable::run);
        }
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

    /** Returns its counters. Any thread. */
    public RelayStatistics statistics() {
        return new RelayStatistics(path.id(), sessions.get(), active.get());
    }
}
