package org.relayd.runtime.hce;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/**
 * Decides when which host is checked. Rounds follow each other every global interval, counted from the first; a table
 * with a longer interval takes part in every n-th round, so that N seconds mean N seconds. Within a round each check
 * but those of the first starts a little later by chance, so that the hosts of many tables are not hit at one moment;
 * a host whose last check has not ended is left out; not more than {@link #AT_ONCE} checks are under way.
 * relayd.conf(5): GLOBAL CONFIGURATION, {@code interval}. Engine thread only.
 */
final class CheckScheduler {
    /** Most checks that are under way, so that a large configuration does not use up the descriptors. */
    static final int AT_ONCE = 256;
    /** Latest start within a round, as a part of the interval. */
    private static final int JITTER_PART = 20;
    private static final Duration MOST_JITTER = Duration.ofMillis(250);

    private final EngineTime time;
    private final RandomGenerator random;
    private final Consumer<CheckedHost> begin;
    private final Runnable roundStarted;
    private final Set<CheckedHost> delayed = new HashSet<>();
    private final Queue<CheckedHost> waiting = new ArrayDeque<>();
    private EngineTime.Pending nextRound = () -> {};
    // Counts restarts: what an earlier one has put off must not begin any more.
    private int era;
    private int underWay;

    /**
     * Creates a scheduler that is at rest.
     *
     * @param begin
     *            begins the check of a host; the end of each is reported by {@link #ended}
     * @param roundStarted
     *            called once in each round, after the checks that begin at once
     */
    CheckScheduler(EngineTime time, RandomGenerator random, Consumer<CheckedHost> begin, Runnable roundStarted) {
        this.time = time;
        this.random = random;
        this.begin = begin;
        this.roundStarted = roundStarted;
    }

    /** Begins a first round now, all tables taking part; later rounds are counted from here. */
    void restart(Duration interval, Supplier<List<CheckedTable>> tables) {
        stop();
        round(0, time.nanos(), interval, tables);
    }

    /** Begins no further checks. Checks that are under way go on. */
    void stop() {
        era++;
        nextRound.cancel();
        delayed.forEach(host -> host.setWaiting(false));
        delayed.clear();
        waiting.forEach(host -> host.setWaiting(false));
        waiting.clear();
    }

    /** A check has ended, with or without a result: there is room for one more. */
    void ended() {
        underWay--;
        fill();
    }

    private void round(long number, long first, Duration interval, Supplier<List<CheckedTable>> tables) {
        Duration untilNext = Duration.ofNanos(first + (number + 1) * interval.toNanos() - time.nanos());
        nextRound = time.after(untilNext.isNegative() ? Duration.ZERO : untilNext,
                () -> round(number + 1, first, interval, tables));
        Duration spread = number == 0 ? Duration.ZERO : spread(interval);
        for (CheckedTable table : tables.get()) {
            if (table.table().check().isPresent() && number % every(table, interval) == 0) {
                table.hosts().stream().filter(CheckedHost::isCheckable).forEach(host -> later(host, spread));
            }
        }
        fill();
        roundStarted.run();
    }

    private static Duration spread(Duration interval) {
        Duration part = interval.dividedBy(JITTER_PART);
        return part.compareTo(MOST_JITTER) < 0 ? part : MOST_JITTER;
    }

    private static long every(CheckedTable table, Duration interval) {
        return Math.max(1, Math.ceilDiv(table.table().interval().toNanos(), interval.toNanos()));
    }

    private void later(CheckedHost host, Duration spread) {
        if (host.isBusy()) {
            return;
        }
        host.setWaiting(true);
        if (spread.isZero()) {
            waiting.add(host);
            return;
        }
        delayed.add(host);
        int now = era;
        time.after(Duration.ofNanos(random.nextLong(spread.toNanos())), () -> {
            if (era == now) {
                delayed.remove(host);
                waiting.add(host);
                fill();
            }
        });
    }

    private void fill() {
        while (underWay < AT_ONCE && !waiting.isEmpty()) {
            CheckedHost host = waiting.remove();
            host.setWaiting(false);
            // It may have been disabled while it waited.
            if (host.isCheckable()) {
                underWay++;
                begin.accept(host);
            }
        }
    }
}
