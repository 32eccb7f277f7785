package org.relayd.main.desk;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.relayd.runtime.parent.door.PlanDesk;

/**
 * Compiles on a thread of its own, one configuration after the other, so that slow answers of DNS keep nobody waiting
 * but those who have asked for a plan.
 */
public final class CompilingDesk implements PlanDesk, AutoCloseable {
    /** Reloads that wait for their turn; a worker asks for one after the other. */
    static final int MOST_WAITING = 8;

    private final BundleMaker maker;
    private final ExecutorService thread = Executors
            .newSingleThreadExecutor(Thread.ofPlatform().daemon().name("plans").factory());
    /** Done when there is a plan, or with the lines that say why not. */
    private final CompletableFuture<Optional<List<String>>> begun = new CompletableFuture<>();

    /** Counts the workers that have begun: what one of them has asked for is nothing to the next. */
    private int worker;
    private int waiting;
    private int last;
    private Optional<Offer> executed = Optional.empty();
    private Optional<Offer> next = Optional.empty();

    private CompilingDesk(BundleMaker maker) {
        this.maker = maker;
    }

    /** Begins to compile the file of the command line. */
    public static CompilingDesk start(BundleMaker maker) {
        CompilingDesk desk = new CompilingDesk(maker);
        desk.thread.execute(desk::begin);
        return desk;
    }

    private void begin() {
        begun.complete(switch (maker.first()) {
            case Made.Ready ready -> {
                execute(number(ready));
                yield Optional.empty();
            }
            case Made.Refused(List<String> lines) -> Optional.of(lines);
        });
    }

    private synchronized void execute(Offer offer) {
        executed = Optional.of(offer);
    }

    /** The next number is that of a plan. */
    private synchronized Offer number(Made.Ready ready) {
        last++;
        return new Offer(last, ready.content(), ready.plan(), ready.controlSocket());
    }

    @Override
    @SuppressWarnings("FutureReturnValueIgnored") // the answer goes to the taker
    public void first(Taker taker) {
        synchronized (this) {
            worker++;
            waiting = 0;
            next = Optional.empty();
        }
        begun.thenAccept(refusal -> refusal.ifPresentOrElse(taker::refused, () -> taker.given(executed())));
    }

    private synchronized Offer executed() {
        return executed.orElseThrow();
    }

    @Override
    public void reload(Optional<String> file, Taker taker) {
        Optional<Integer> asking = queue();
        asking.ifPresentOrElse(of -> thread.execute(() -> make(file, taker, of)),
                () -> taker.refused(List.of(MOST_WAITING + " other reloads are waiting")));
    }

    private synchronized Optional<Integer> queue() {
        if (waiting >= MOST_WAITING) {
            return Optional.empty();
        }
        waiting++;
        return Optional.of(worker);
    }

    private void make(Optional<String> file, Taker taker, int of) {
        Made made = isPresent(of) ? file.map(maker::other).orElseGet(maker::again) : gone();
        switch (made) {
            case Made.Ready ready -> offer(ready, of).ifPresentOrElse(taker::given,
                    () -> taker.refused(gone().lines()));
            case Made.Refused(List<String> lines) -> {
                done(of);
                taker.refused(lines);
            }
        }
    }

    private static Made.Refused gone() {
        return new Made.Refused(List.of("another worker has begun"));
    }

    private synchronized boolean isPresent(int of) {
        return of == worker;
    }

    private synchronized void done(int of) {
        if (of == worker) {
            waiting--;
        }
    }

    private synchronized Optional<Offer> offer(Made.Ready ready, int of) {
        done(of);
        if (of != worker) {
            return Optional.empty();
        }
        next = Optional.of(number(ready));
        return next;
    }

    @Override
    public synchronized void committed(int number) {
        if (next.filter(offer -> offer.number() == number).isPresent()) {
            executed = next;
            next = Optional.empty();
        }
    }

    @Override
    public synchronized void abandoned(int number) {
        next = next.filter(offer -> offer.number() != number);
    }

    /** Returns the plan that is executed; empty if there is none yet. */
    public synchronized Optional<Offer> present() {
        return executed;
    }

    /** Compiles nothing any more; who waits gets no answer. */
    @Override
    public void close() {
        thread.shutdownNow();
    }
}
