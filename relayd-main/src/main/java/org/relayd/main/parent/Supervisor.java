package org.relayd.main.parent;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.relayd.runtime.Log;
import org.relayd.runtime.parent.linux.Ending;
import org.relayd.runtime.parent.message.Notice;
import org.relayd.runtime.parent.message.Report;

/**
 * Keeps one worker alive, until it is to end. What happens is put into a queue by any thread and done by the one that
 * runs {@link #run}.
 */
final class Supervisor {
    /** Time between {@link Event.Tick}s. */
    static final Duration TICK = Duration.ofSeconds(1);
    /** A worker that has said nothing for so many ticks, in which this process ran, is replaced. */
    static final int MOST_SILENT_TICKS = 30;
    /** Time that is given to what is under way when the daemon is to end. */
    static final Duration STOP_LIMIT = Duration.ofSeconds(10);

    private final BlockingQueue<Event> events = new LinkedBlockingQueue<>();
    private final Workers workers;
    private final Log log;
    private final Consumer<List<String>> cannotStart;
    private final Runnable serving;
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
    private boolean reopenWanted;
    private boolean stopping;
    private boolean told;

    /**
     * Creates it.
     *
     * @param cannotStart
     *            gets the lines for the user if no worker comes to serve at the start
     * @param serving
     *            called once, when the first worker serves
     * @param nanos
     *            a clock that only runs forward
     */
    Supervisor(Workers workers, Log log, Consumer<List<String>> cannotStart, Runnable serving, LongSupplier nanos) {
        this.workers = workers;
        this.log = log;
        this.cannotStart = cannotStart;
        this.serving = serving;
        deaths = new Deaths(nanos);
    }

    /** Something has happened. Any thread. */
    void post(Event event) {
        events.add(event);
    }

    /**
     * Starts the first worker, before anything else is done.
     *
     * @throws IOException
     *             with the reason for the user
     */
    void begin() throws IOException {
        present = Optional.of(workers.start(this::post));
    }

    /** Serves until the daemon is to end. Returns the exit status. */
    int run() {
        OptionalInt status = OptionalInt.empty();
        while (status.isEmpty()) {
            try {
                status = handle(events.take());
            } catch (InterruptedException notAStop) {
                // Only events end the daemon.
            }
        }
        return status.getAsInt();
    }

    /** Does what an event asks for. Returns the exit status if that was the last. */
    OptionalInt handle(Event event) {
        return switch (event) {
            case Event.Said(Worker worker, Report report) -> {
                if (isPresent(worker)) {
                    said(report);
                }
                yield OptionalInt.empty();
            }
            case Event.Ended(Worker worker, Ending ending) -> isPresent(worker) ? ended(worker, ending)
                    : OptionalInt.empty();
            case Event.ReloadWanted() -> {
                log.info("parent_sig_handler: reload requested with SIGHUP");
                reloadWanted = true;
                tell();
                yield OptionalInt.empty();
            }
            case Event.ReopenWanted() -> {
                reopenWanted = true;
                tell();
                yield OptionalInt.empty();
            }
            case Event.StopWanted() -> stop();
            case Event.Tick() -> tick();
        };
    }

    private boolean isPresent(Worker worker) {
        return present.filter(worker::equals).isPresent();
    }

    private void said(Report report) {
        silentTicks = 0;
        switch (report) {
            case Report.Serving() -> {
                serves = true;
                deaths.serving();
                if (!hasServed) {
                    hasServed = true;
                    serving.run();
                }
                tell();
            }
            case Report.CannotStart(List<String> lines) -> refusal = lines;
            case Report.StopAsked() -> post(new Event.StopWanted());
            case Report.Alive() -> {
                // Enough said.
            }
            case Report.Committed _,Report.Abandoned _,Report.HostChanged _,Report.HostSwitched _,Report.TableSwitched _,Report.RedirectSwitched _,Report.VerbositySwitched _ -> {
                // For the door, which has heard it before.
            }
        }
    }

    /** Tells a worker that serves what has been asked for meanwhile. */
    private void tell() {
        if (!serves || present.isEmpty()) {
            return;
        }
        Worker worker = present.get();
        if (stopping) {
            if (!told) {
                told = true;
                worker.tell(new Notice.Stop(STOP_LIMIT));
            }
            return;
        }
        if (reopenWanted) {
            reopenWanted = false;
            worker.tell(new Notice.Reopen());
        }
        if (reloadWanted) {
            reloadWanted = false;
            worker.tell(new Notice.Reload());
        }
    }

    private OptionalInt stop() {
        stopping = true;
        if (present.isEmpty()) {
            return end(0);
        }
        tell();
        return OptionalInt.empty();
    }

    private OptionalInt ended(Worker worker, Ending ending) {
        present = Optional.empty();
        serves = false;
        if (!refusal.isEmpty() && !hasServed) {
            cannotStart.accept(refusal);
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
            cannotStart.accept(List.of(died + " before it served"));
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
            present = Optional.of(workers.start(this::post));
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
        silentTicks++;
        if (silentTicks == MOST_SILENT_TICKS) {
            log.warn("worker " + present.get().pid() + " has not been heard of for "
                    + TICK.multipliedBy(MOST_SILENT_TICKS).toSeconds() + " seconds: killed");
            present.get().kill();
        }
        return OptionalInt.empty();
    }
}
