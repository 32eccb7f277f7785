package org.relayd.golden;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.relayd.ir.config.Redirect;
import org.relayd.ir.plan.Plan;
import org.relayd.ir.term.CheckResult;
import org.relayd.main.daemon.Switches;
import org.relayd.runtime.HealthEvent;
import org.relayd.runtime.Log;
import org.relayd.runtime.hce.EngineTime;
import org.relayd.runtime.hce.HealthCheckEngine;
import org.relayd.runtime.hce.HealthLog;
import org.relayd.runtime.hce.check.CheckOutcome;
import org.relayd.runtime.hce.check.CheckTarget;
import org.relayd.runtime.hce.check.RunningCheck;
import org.relayd.runtime.parent.message.Handover;
import org.relayd.runtime.pfe.KernelPlan;
import org.relayd.runtime.pfe.PacketFilterEngine;
import org.relayd.runtime.pfe.RedirectView;
import org.relayd.runtime.platform.recorder.Recording;

/**
 * What the kernel is asked for while hosts fail and come back and relayctl(8) is used: the lines of
 * {@code relayd --backend record:FILE}. Health checks and packet filter engine are the daemon's own; hosts answer as
 * the events say, and each event is followed by a round of checks. The engine may gather the results of a round; here
 * it is given them one by one, so that the lines are always the same.
 *
 * <p>Events are {@code up HOST}, {@code down HOST}, and the words of relayctl(8):
 * {@code host|table|redirect disable|enable NAME}.
 */
final class KernelCalls {
    private final Plan plan;
    private final Set<String> down;
    /**
     * Written by the engine's thread too, but never while anybody else runs: each event waits
     * until the engine has settled.
     */
    private final StringBuilder text = new StringBuilder();
    private final Queue<Runnable> due = new ArrayDeque<>();

    /**
     * Prepares a run.
     *
     * @param down
     *            names of the hosts that are down at the start
     */
    KernelCalls(Plan plan, Set<String> down) {
        this.plan = plan;
        this.down = new HashSet<>(down);
    }

    /** Returns the lines from the start to the end of the daemon, those of each event below its name. */
    String after(List<String> events) {
        Recording recording = line -> text.append(line).append('\n');
        text.append("# start\n");
        PacketFilterEngine filter = new PacketFilterEngine(KernelPlan.of(plan), Handover.nothing(), recording.kernel(),
                new Silence(),
                _ -> {});
        HealthCheckEngine health = new HealthCheckEngine(plan.health(), Handover.nothing(),
                new HealthLog(plan.dialect(), false, false),
                new Moment(), () -> 0, _ -> this::check, new Silence(), List.of(event -> settle(filter, event)));
        filter.settled().join();
        round(health);
        for (String event : events) {
            text.append("# ").append(event).append('\n');
            happen(List.of(event.split(" ", 3)), health, filter);
            round(health);
        }
        text.append("# end\n");
        health.stop();
        try {
            filter.stop();
        } catch (InterruptedException stopped) {
            throw new IllegalStateException(stopped);
        }
        return text.toString();
    }

    private static void settle(PacketFilterEngine filter, HealthEvent event) {
        filter.on(event);
        filter.settled().join();
    }

    private void round(HealthCheckEngine health) {
        health.poll();
        while (!due.isEmpty()) {
            due.remove().run();
        }
    }

    private RunningCheck check(CheckTarget target, Consumer<CheckOutcome> done) {
        Runnable end = () -> done.accept(CheckOutcome.of(down.contains(target.host().name())
                ? CheckResult.TCP_CONNECT_FAILED
                : CheckResult.TCP_CONNECT_OK));
        due.add(end);
        return () -> due.remove(end);
    }

    private void happen(List<String> words, HealthCheckEngine health, PacketFilterEngine filter) {
        switch (words.getFirst()) {
            case "up" -> down.remove(words.getLast());
            case "down" -> down.add(words.getLast());
            case "host", "table", "redirect" -> {
                if (!switched(words, new Switches(health, filter)).join()) {
                    throw new IllegalArgumentException("relayd refused: " + String.join(" ", words));
                }
            }
            default -> throw new IllegalArgumentException("no event: " + String.join(" ", words));
        }
    }

    private static CompletableFuture<Boolean> switched(List<String> words, Switches switches) {
        boolean enabled = words.get(1).equals("enable");
        if (!enabled && !words.get(1).equals("disable")) {
            throw new IllegalArgumentException("neither enable nor disable: " + String.join(" ", words));
        }
        String name = words.get(2);
        return switch (words.getFirst()) {
            case "host" -> switches.host(switches.health().hostNamed(name).orElseThrow(), enabled);
            case "table" -> switches.table(switches.health().tableNamed(name).orElseThrow(), enabled);
            default -> switches.redirect(redirect(switches.filter(), name), enabled);
        };
    }

    private static Redirect redirect(PacketFilterEngine filter, String name) {
        return filter.redirects().stream().map(RedirectView::redirect)
                .filter(redirect -> redirect.name().equals(name)).findFirst().orElseThrow();
    }

    /** No time passes: the next round never comes by itself. */
    private static final class Moment implements EngineTime {
        @Override
        public long nanos() {
            return 0;
        }

        @Override
        public Pending after(Duration delay, Runnable task) {
            return () -> {};
        }
    }

    private static final class Silence implements Log {
        @Override
        public void info(String line) {}

        @Override
        public void warn(String line) {
            throw new AssertionError(line);
        }

        @Override
        public void debug(Supplier<String> line) {}
    }
}
