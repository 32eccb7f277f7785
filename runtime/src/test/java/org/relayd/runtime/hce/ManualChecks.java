package org.relayd.runtime.hce;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;
import java.util.function.Function;
import org.relayd.ir.config.HealthCheck;
import org.relayd.ir.config.HostId;
import org.relayd.ir.term.CheckResult;
import org.relayd.runtime.hce.check.CheckOutcome;
import org.relayd.runtime.hce.check.CheckTarget;
import org.relayd.runtime.hce.check.Checker;
import org.relayd.runtime.hce.check.RunningCheck;

/** Checks that wait until a test ends them. */
final class ManualChecks implements Checker, Function<HealthCheck, Checker> {
    private final Map<HostId, Consumer<CheckOutcome>> running = new LinkedHashMap<>();

    @Override
    public Checker apply(HealthCheck check) {
        return this;
    }

    @Override
    public RunningCheck start(CheckTarget target, Consumer<CheckOutcome> done) {
        HostId id = target.host().id();
        if (running.put(id, done) != null) {
            throw new AssertionError("two checks of host " + id + " at once");
        }
        return () -> running.remove(id);
    }

    List<Integer> running() {
        return running.keySet().stream().map(HostId::number).toList();
    }

    void end(int host, CheckResult result) {
        end(host, new CheckOutcome(result, OptionalInt.empty()));
    }

    void end(int host, CheckOutcome outcome) {
        Optional.ofNullable(running.remove(new HostId(host))).orElseThrow().accept(outcome);
    }

    void endAll(CheckResult result) {
        running().forEach(host -> end(host, result));
    }
}
