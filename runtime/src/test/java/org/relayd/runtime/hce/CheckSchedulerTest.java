package org.relayd.runtime.hce;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.relayd.ir.config.HealthCheck;
import org.relayd.ir.config.Host;
import org.relayd.ir.config.HostId;
import org.relayd.ir.term.CheckResult;
import org.relayd.ir.term.Dialect;
import org.relayd.runtime.HealthEvent;
import org.relayd.runtime.RecordedLog;
import org.relayd.runtime.parent.message.Handover;

class CheckSchedulerTest {
    private static final Duration ROUND = Duration.ofSeconds(10);
    private static final Duration JITTER = Duration.ofMillis(250);

    private final TableFixture fixture = new TableFixture();
    private final ManualTime time = new ManualTime();
    private final ManualChecks checks = new ManualChecks();
    private final List<HealthEvent> rounds = new ArrayList<>();

    private HealthCheckEngine engine() {
        return new HealthCheckEngine(fixture.plan(), Handover.nothing(), new HealthLog(Dialect.CURRENT, false, false),
                time, new Random(1),
                checks, new RecordedLog(false), List.of(event -> {
                    if (event instanceof HealthEvent.RoundStarted) {
                        rounds.add(event);
                    }
                }));
    }

    private int endedInNextRound() {
        int running = checks.running().size();
        checks.endAll(CheckResult.TCP_CONNECT_OK);
        return running;
    }

    @Test
    void theFirstRoundBeginsAtOnceAndInOrder() {
        fixture.web(fixture.host(), fixture.host(), fixture.host());
        engine().poll();
        assertEquals(List.of(1, 2, 3), checks.running());
        assertEquals(1, rounds.size());
    }

    @Test
    void laterRoundsFollowEveryIntervalWithALittleJitter() {
        fixture.web(IntStream.range(0, 50).mapToObj(_ -> fixture.host()).toArray(Host[]::new));
        engine().poll();
        endedInNextRound();
        time.advance(ROUND.minusMillis(1));
        assertEquals(List.of(), checks.running());
        time.advance(Duration.ofMillis(1).plus(JITTER.dividedBy(2)));
        int early = checks.running().size();
        assertTrue(early > 5 && early < 45, early + " of 50 after half of the jitter");
        time.advance(JITTER.dividedBy(2));
        assertEquals(50, endedInNextRound());
        assertEquals(2, rounds.size());
    }

    @Test
    void anIntervalOfTheTableMeansThatManySeconds() {
        fixture.table("slow", Optional.of(new HealthCheck.TcpConnect()), ROUND.multipliedBy(3), fixture.host());
        engine().poll();
        List<Integer> ended = new ArrayList<>();
        for (int round = 0; round < 7; round++) {
            ended.add(endedInNextRound());
            time.advance(ROUND.plus(round == 0 ? JITTER : Duration.ZERO));
        }
        assertEquals(List.of(1, 0, 0, 1, 0, 0, 1), ended);
    }

    @Test
    void aHostWhoseCheckHasNotEndedIsLeftOut() {
        fixture.web(fixture.host());
        engine().poll();
        time.advance(ROUND.multipliedBy(2));
        assertEquals(List.of(1), checks.running());
        assertEquals(3, rounds.size());
    }

    @Test
    void theNumberOfChecksAtOnceIsBounded() {
        int hosts = CheckScheduler.AT_ONCE + 10;
        fixture.web(IntStream.range(0, hosts).mapToObj(_ -> fixture.host()).toArray(Host[]::new));
        HealthCheckEngine engine = engine();
        engine.poll();
        assertEquals(CheckScheduler.AT_ONCE, checks.running().size());
        checks.end(1, CheckResult.TCP_CONNECT_OK);
        assertEquals(CheckScheduler.AT_ONCE, checks.running().size());
        assertTrue(checks.running().contains(CheckScheduler.AT_ONCE + 1));
        engine.switchHost(new HostId(CheckScheduler.AT_ONCE + 2), false);
        checks.end(2, CheckResult.TCP_CONNECT_OK);
        assertTrue(checks.running().contains(CheckScheduler.AT_ONCE + 3), "a disabled host loses its turn");
    }

    @Test
    void pollRestartsTheInterval() {
        fixture.web(fixture.host());
        HealthCheckEngine engine = engine();
        engine.poll();
        endedInNextRound();
        time.advance(Duration.ofSeconds(7));
        engine.poll();
        assertEquals(1, endedInNextRound());
        time.advance(Duration.ofSeconds(9));
        assertEquals(0, endedInNextRound());
        time.advance(Duration.ofSeconds(1).plus(JITTER));
        assertEquals(1, endedInNextRound());
    }

    @Test
    void pollReachesHostsThatWaitForTheirMomentOfTheRound() {
        fixture.web(IntStream.range(0, 20).mapToObj(_ -> fixture.host()).toArray(Host[]::new));
        HealthCheckEngine engine = engine();
        engine.poll();
        endedInNextRound();
        time.advance(ROUND);
        engine.poll();
        assertEquals(20, endedInNextRound());
        time.advance(JITTER);
        assertEquals(0, endedInNextRound());
    }
}
