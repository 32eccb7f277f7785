package org.relayd.main.parent;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.LongSupplier;
import org.relayd.runtime.Log;
import org.relayd.runtime.parent.linux.Ending;
import org.relayd.runtime.parent.message.Notice;
import org.relayd.runtime.parent.message.Report;

/**
 * Keeps one worker alive, until it is to end. What the events ask for is done by the thread that runs {@link #run}.
 */
final class Supervisor {
    /** Time between {@link Event.Tick}s. */
    static final Duration TICK = Duration.ofSeconds(1);
    /** A worker that has said nothing for so many ticks, in which this process ran, is replaced. */
    static final int MOST_SILENT_TICKS = 30;

    private final Workers workers;
    private final PendingEvents events;
    private final Log log;
    private final Watcher watcher;
    private final Duration limit;
    private final Duration patience;
    private final Deaths deaths;

    private Optional<Worker> present = Optional.empty();
    /** The present worker has said that it serves. */
    private boolean serves;
    /** Any worker has. */
    private boolean hasServed;
    /** Why the present worker could not start, if it said so. */
    private List<String> refusal = List.of();
    private int silentTicks;
    private boolean reloadWanted;
    /** The present worker has been told of a reload and has not said what came of it. */
    private boolean reloadTold;
    private boolean reopenWanted;
    /** What the worker is to be told of the end. */
    private Optional<Notice.Stop> stopWanted = Optional.empty();
    private boolean stopping;
    private int ticksToEnd;

    /** Who wants to know how the start goes on. */
    interface Watcher {

        /** The first worker serves. Called once. */
        void serving();

        /** No worker comes to serve, for these reasons. */
        void cannotStart(List<String> lines);
    }

    /**
     * Creates it.
     *
     * @param events
     *            gets what happens
     * @param limit
     *            time that what is under way is given when the daemon is to end
     * @param patience
     *            time after which a worker is killed that should have ended
     * @param nanos
     *            a clock that only runs forward
     */
    Supervisor(Workers workers, PendingEvents events, Log log, Watcher watcher, Duration limit, Duration patience,
            LongSupplier nanos) {
        this.workers = workers;
        this.events = events;
        this.log = log;
        this.watcher = watcher;
        this.limit = limit;
        this.patience = patience;
        deaths = new Deaths(nanos);
    }

    /**
     * Starts the first worker, before anything else is done.
     *
     * @throws IOException
     *             with the reason for the user
     */
    void begin() throws IOException {
        present = Optional.of(workers.start(events::add));
    }

    /** Ends the worker of a start that has failed. Blocks. */
    void dismiss() {
        present.ifPresent(Worker::kill);
        while (present.isPresent()) {
            if (events.next(TICK.toNanos()).filter(Event.Ended.class::isInstance).isPresent()) {
                present = Optional.empty();
            }
        }
    }

    /** Serves until the daemon is to end. Returns the exit status. */
    int run() {
        OptionalInt status = OptionalInt.empty();
        long tick = System.nanoTime() + TICK.toNanos();
        while (status.isEmpty()) {
            Optional<Event> event = events.next(tick - System.nanoTime());
            if (event.isEmpty()) {
                tick = System.nanoTime() + TICK.toNanos();
            }
            status = handle(event.orElseGet(Event.Tick::new));
        }
        return status.getAsInt();
    }

    /** Does what an event asks for. Returns the exit status if that was the last. */
    OptionalInt handle(Event event) {
        return switch (event) {
            case Event.Said(Report report) -> said(report);
            case Event.Ended(Worker worker, Ending ending) -> ended(worker, ending);
            case Event.ReloadWanted() -> {
                log.info("parent_sig_handler: reload requested with SIGHUP");
                reloadWanted = true;
                yield tell();
            }
            case Event.ReopenWanted() -> {
                reopenWanted = true;
                yield tell();
            }
            case Event.StopWanted() -> stopNow();
            case Event.Tick() -> tick();
        };
    }

    private OptionalInt said(Report report) {
        silentTicks = 0;
        return switch (report) {
            case Report.Serving() -> {
                serves = true;
                deaths.serving();
                if (!hasServed) {
                    hasServed = true;
                    watcher.serving();
                }
                yield tell();
            }
            case Report.CannotStart(List<String> lines) -> {
                refusal = lines;
                yield OptionalInt.empty();
            }
            // It has begun to end by itself.
            case Report.StopAsked() -> stopping ? OptionalInt.empty() : stopNow();
            case Report.Committed _,Report.Abandoned _ -> {
                reloadTold = false;
                yield OptionalInt.empty();
            }
            case Report.Alive _,Report.HostChanged _,Report.HostSwitched _,Report.TableSwitched _,Report.RedirectSwitched _,Report.VerbositySwitched _
                    -> OptionalInt.empty();
        };
    }

    /** Tells a worker that serves what has been asked for meanwhile. */
    private OptionalInt tell() {
        if (!serves || present.isEmpty()) {
            return OptionalInt.empty();
        }
        Worker worker = present.get();
        stopWanted.ifPresent(worker::tell);
        stopWanted = Optional.empty();
        if (reopenWanted && !stopping) {
            reopenWanted = false;
            worker.tell(new Notice.Reopen());
        }
        if (reloadWanted && !stopping) {
            reloadWanted = false;
            reloadTold = true;
            worker.tell(new Notice.Reload());
        }
        return OptionalInt.empty();
    }

    /** Whoever asks again does not want to wait. */
    private OptionalInt stopNow() {
        if (present.isEmpty()) {
            return end(0);
        }
        if (!stopping) {
            workers.stopAccepting();
        }
        Duration time = stopping ? Duration.ZERO : limit;
        if (stopping && !serves) {
            present.get().kill();
        }
        stopping = true;
        stopWanted = Optional.of(new Notice.Stop(time));
        ticksToEnd = (int) Math.ceilDiv(time.plus(patience).toNanos(), TICK.toNanos());
        return tell();
    }

    private OptionalInt ended(Worker worker, Ending ending) {
        present = Optional.empty();
        serves = false;
        // It may have died before it came to that: the next one reads the file once more at worst.
        reloadWanted |= reloadTold;
        reloadTold = false;
        if (!refusal.isEmpty() && !hasServed) {
            watcher.cannotStart(refusal);
            return end(1);
        }
        if (stopping && ending.equals(new Ending.Exited(0))) {
            return end(0);
        }
        refusal.forEach(log::warn);
        refusal = List.of();
        String died = "worker " + worker.pid() + " died: " + Ending.words(ending);
        if (stopping) {
            log.warn(died);
            return end(0);
        }
        if (!hasServed && ending instanceof Ending.Exited) {
            watcher.cannotStart(List.of(died + " before it served"));
            return end(1);
        }
        deaths.add();
        if (deaths.areTooMany()) {
            log.warn(died);
            return giveUp();
        }
        log.warn(died + "; starting another");
        return another();
    }

    private OptionalInt another() {
        silentTicks = 0;
        try {
            present = Optional.of(workers.start(events::add));
            return OptionalInt.empty();
        } catch (IOException refused) {
            // Tried again with the next tick.
            log.warn("no worker: " + refused.getMessage());
            deaths.add();
            return deaths.areTooMany() ? giveUp() : OptionalInt.empty();
        }
    }

    private OptionalInt giveUp() {
        log.warn("workers have died " + Deaths.MOST + " times in a row or within " + Deaths.WITHIN.toSeconds()
                + " seconds: relayd ends");
        return end(1);
    }

    private OptionalInt end(int status) {
        workers.clean();
        return OptionalInt.of(status);
    }

    private OptionalInt tick() {
        if (present.isEmpty()) {
            return another();
        }
        Worker worker = present.get();
        silentTicks++;
        if (silentTicks == MOST_SILENT_TICKS) {
            log.warn("worker " + worker.pid() + " has not been heard of for "
                    + TICK.multipliedBy(MOST_SILENT_TICKS).toSeconds() + " seconds: killed");
            worker.kill();
        }
        if (stopping) {
            ticksToEnd--;
            if (ticksToEnd == 0) {
                log.warn("worker " + worker.pid() + " does not end: killed");
                worker.kill();
            }
        }
        return OptionalInt.empty();
    }
}
