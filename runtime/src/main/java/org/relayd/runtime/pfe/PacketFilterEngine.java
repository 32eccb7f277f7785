package org.relayd.runtime.pfe;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.relayd.ir.config.HostId;
import org.relayd.ir.config.RedirectId;
import org.relayd.ir.term.HostState;
import org.relayd.runtime.HealthEvent;
import org.relayd.runtime.HealthListener;
import org.relayd.runtime.Log;
import org.relayd.runtime.parent.message.Handover;
import org.relayd.runtime.platform.Kernel;

/**
 * Keeps packet filter, routes and demotion in step with the states of the hosts. Has a thread of its own, because calls
 * into the kernel block: events that come while it works are gathered and then carried out together. What the kernel
 * refuses is tried again until it works; meanwhile everything else goes on.
 */
public final class PacketFilterEngine implements HealthListener {
    private static final Duration FIRST_RETRY = Duration.ofSeconds(1);
    private static final Duration LONGEST_RETRY = Duration.ofSeconds(30);
    /**
     * Longest time for which nobody notices that another program has removed our rules: rounds of checks may be rare.
     */
    private static final Duration LOOK = Duration.ofSeconds(1);

    private final BlockingQueue<Runnable> tasks = new LinkedBlockingQueue<>();
    private final KernelSync sync;
    private final Thread thread;
    /** Done when no task is carried out any more. */
    private final CompletableFuture<Void> ended = new CompletableFuture<>();
    private volatile List<RedirectView> views;
    private boolean stopping;

    /**
     * Starts the engine; what the kernel must have at the start is loaded on its thread.
     *
     * @param plan
     *            what to keep in step
     * @param before
     *            what another process knew of the same plan, which has used the same kernel
     * @param kernel
     *            what executes it
     * @param log
     *            takes the lines
     * @param listener
     *            hears what was done
     */
    public PacketFilterEngine(KernelPlan plan, Handover before, Kernel kernel, Log log, FilterListener listener) {
        this.sync = new KernelSync(kernel, log, listener);
        sync.begin(plan, before);
        this.views = sync.views();
        this.thread = Thread.ofPlatform().name("relayd-filter").daemon().start(this::run);
    }

    /**
     * Takes over another plan. What is the same in both goes on without a gap: redirections of one name keep the hosts
     * that have the same address, and routes their gateways. Call it when the health checks have taken over the plan.
     *
     * @param next
     *            the plan
     * @param states
     *            what the health checks know of its hosts
     */
    public void reload(KernelPlan next, Map<HostId, HostState> states) {
        Map<HostId, HostState> known = Map.copyOf(states);
        tasks.add(() -> sync.reload(next, known));
    }

    @Override
    public void on(HealthEvent event) {
        tasks.add(() -> {
            sync.take(event);
            if (event instanceof HealthEvent.RoundStarted) {
                sync.inspect();
            }
        });
    }

    /**
     * Enables or disables a redirection. Its tables are not touched: whoever asks switches them
     * too, as relayctl(8) says.
     *
     * @return done when the kernel has been told; false if there is no such redirection
     */
    public CompletableFuture<Boolean> switchRedirect(RedirectId redirect, boolean enabled) {
        if (views.stream().noneMatch(view -> view.redirect().id().equals(redirect))) {
            return CompletableFuture.completedFuture(false);
        }
        tasks.add(() -> sync.set(redirect, enabled));
        return settled().thenApply(_ -> true);
    }

    /**
     * Returns what is done when the kernel has been told all that came before this call, whether or not it refused, or
     * when the engine has stopped. Any thread.
     */
    public CompletableFuture<Void> settled() {
        CompletableFuture<Void> done = new CompletableFuture<>();
        tasks.add(() -> tasks.add(() -> done.complete(null)));
        return CompletableFuture.anyOf(done, ended).thenAccept(_ -> {});
    }

    /** Returns all redirections in order of their ids, as of the last change. Any thread. */
    public List<RedirectView> redirects() {
        return views;
    }

    /** Removes everything that is ours from the kernel and ends the thread; returns when that is done. */
    public void stop() throws InterruptedException {
        tasks.add(() -> stopping = true);
        thread.join();
    }

    private void run() {
        try {
            work();
        } finally {
            ended.complete(null);
        }
    }

    private void work() {
        Duration retry = FIRST_RETRY;
        sync.removeLeftOvers();
        boolean good = step();
        while (!stopping) {
            try {
                boolean idle = !waitForWork(good ? pause() : Optional.of(retry));
                if (idle && good) {
                    sync.look();
                }
            } catch (InterruptedException nobodyInterruptsUs) {
                Thread.currentThread().interrupt();
                stopping = true;
            }
            retry = good ? FIRST_RETRY : shorter(retry.multipliedBy(2));
            good = stopping || step();
        }
        sync.stop();
    }

    private Optional<Duration> pause() {
        return sync.hasRules() ? Optional.of(LOOK) : Optional.empty();
    }

    private static Duration shorter(Duration retry) {
        return retry.compareTo(LONGEST_RETRY) < 0 ? retry : LONGEST_RETRY;
    }

    private boolean step() {
        boolean good = sync.sync();
        views = sync.views();
        return good;
    }

    /**
     * Waits for the first task, then runs all that are there. Tasks that they add wait for the next step.
     *
     * @return whether there were any
     */
    private boolean waitForWork(Optional<Duration> longest) throws InterruptedException {
        Runnable first = longest.isPresent() ? tasks.poll(longest.get().toNanos(), TimeUnit.NANOSECONDS) : tasks.take();
        int more = tasks.size();
        if (first != null) {
            first.run();
        }
        for (int i = 0; i < more; i++) {
            tasks.remove().run();
        }
        return first != null;
    }
}
