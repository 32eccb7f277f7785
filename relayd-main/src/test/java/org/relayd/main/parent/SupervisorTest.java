package org.relayd.main.parent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.relayd.runtime.relay.RecordingLog;
import org.relayd.runtime.parent.linux.Ending;
import org.relayd.runtime.parent.message.Notice;
import org.relayd.runtime.parent.message.Report;

/** Who may die, be silent, refuse or be asked to stop, and when. */
class SupervisorTest {
    private static final Ending KILLED = new Ending.Killed(9);
    private static final Duration LIMIT = Duration.ofSeconds(7);
    private static final Duration PATIENCE = Duration.ofSeconds(4);
    private static final Ending DONE = new Ending.Exited(0);

    private final RecordingLog log = new RecordingLog();
    private final List<FakeWorker> hired = new ArrayList<>();
    private final List<String> refused = new ArrayList<>();
    private int served;
    private int refusing;
    private int cleaned;
    private boolean noMore;
    private long nanos;
    private final Supervisor supervisor = new Supervisor(new Workers() {
        @Override
        public Worker start(Consumer<Event> events) throws IOException {
            if (noMore) {
                throw new IOException("cannot start the worker: Resource temporarily unavailable");
            }
            hired.add(new FakeWorker(100 + hired.size()));
            return hired.getLast();
        }

        @Override
        public void stopAccepting() {
            refusing++;
        }

        @Override
        public void clean() {
            cleaned++;
        }
    }, new PendingEvents(), log, new Supervisor.Watcher() {
        @Override
        public void serving() {
            served++;
        }

        @Override
        public void cannotStart(List<String> lines) {
            refused.addAll(lines);
        }
    }, LIMIT, PATIENCE, () -> nanos);

    private static final class FakeWorker implements Worker {
        private final int pid;
        private final List<Notice> told = new ArrayList<>();
        private boolean killed;

        FakeWorker(int pid) {
            this.pid = pid;
        }

        @Override
        public int pid() {
            return pid;
        }

        @Override
        public void tell(Notice notice) {
            told.add(notice);
        }

        @Override
        public void kill() {
            killed = true;
        }
    }

    private FakeWorker begin() throws IOException {
        supervisor.begin();
        return hired.getLast();
    }

    private FakeWorker serving() throws IOException {
        FakeWorker worker = begin();
        says(new Report.Serving());
        return worker;
    }

    private OptionalInt says(Report report) {
        return supervisor.handle(new Event.Said(report));
    }

    private OptionalInt ends(FakeWorker worker, Ending ending) {
        return supervisor.handle(new Event.Ended(worker, ending));
    }

    private void assertGoesOn(OptionalInt status) {
        assertEquals(OptionalInt.empty(), status);
        assertEquals(0, cleaned);
    }

    private void assertEnds(int expected, OptionalInt status) {
        assertEquals(OptionalInt.of(expected), status);
        assertEquals(1, cleaned);
    }

    @Test
    void aWorkerThatIsKilledIsReplaced() throws Exception {
        assertGoesOn(ends(serving(), KILLED));
        assertEquals(2, hired.size());
        assertEquals(List.of("warn worker 100 died: killed by signal 9; starting another"), log.lines());
        says(new Report.Serving());
        assertEquals(1, served, "it serves once");
    }

    @Test
    void threeDeathsWithinTenSecondsAreTheEnd() throws Exception {
        FakeWorker worker = serving();
        for (int death = 1; death < 3; death++) {
            assertGoesOn(ends(worker, KILLED));
            worker = hired.getLast();
            says(new Report.Serving());
            nanos += Duration.ofSeconds(5).toNanos();
        }
        assertEnds(1, ends(worker, new Ending.Exited(3)));
        assertEquals(List.of("warn worker 102 died: exited with status 3",
                "warn workers have died 3 times in a row or within 10 seconds: relayd ends"),
                log.lines().subList(2, 4));
    }

    @Test
    void deathsThatAreFarApartAreNot() throws Exception {
        FakeWorker worker = serving();
        for (int death = 1; death < 20; death++) {
            assertGoesOn(ends(worker, KILLED));
            worker = hired.getLast();
            says(new Report.Serving());
            nanos += Duration.ofSeconds(5).toNanos() + 1;
        }
    }

    @Test
    void workersThatNeverComeToServeAreTheEndHoweverSlowlyTheyDie() throws Exception {
        FakeWorker worker = serving();
        for (int death = 1; death < 3; death++) {
            assertGoesOn(ends(worker, KILLED));
            worker = hired.getLast();
            nanos += Duration.ofMinutes(5).toNanos();
        }
        assertEnds(1, ends(worker, KILLED));
    }

    @Test
    void aWorkerThatCannotStartAtTheStartEndsItWithItsLines() throws Exception {
        FakeWorker worker = begin();
        says(new Report.CannotStart(List.of("Address already in use", "second")));
        assertEnds(1, ends(worker, new Ending.Exited(1)));
        assertEquals(List.of("Address already in use", "second"), refused);
        assertEquals(0, served);
    }

    @Test
    void aWorkerThatEndsByItselfAtTheStartEndsIt() throws Exception {
        assertEnds(1, ends(begin(), new Ending.Exited(1)));
        assertEquals(List.of("worker 100 died: exited with status 1 before it served"), refused);
    }

    @Test
    void aWorkerThatIsKilledAtTheStartIsReplaced() throws Exception {
        assertGoesOn(ends(begin(), KILLED));
        says(new Report.Serving());
        assertEquals(1, served);
    }

    @Test
    void aSuccessorThatCannotStartIsLoggedAndReplaced() throws Exception {
        assertGoesOn(ends(serving(), KILLED));
        says(new Report.CannotStart(List.of("no memory")));
        assertGoesOn(ends(hired.getLast(), new Ending.Exited(1)));
        assertEquals(List.of("warn no memory", "warn worker 101 died: exited with status 1; starting another"),
                log.lines().subList(1, 3));
        assertEquals(List.of(), refused);
        assertEquals(3, hired.size());
    }

    @Test
    void aWorkerThatCannotBeMadeIsTriedAgainWithTheNextTick() throws Exception {
        FakeWorker worker = serving();
        noMore = true;
        assertGoesOn(ends(worker, KILLED));
        assertEquals("warn no worker: cannot start the worker: Resource temporarily unavailable", log.lines().get(1));
        noMore = false;
        assertGoesOn(supervisor.handle(new Event.Tick()));
        assertEquals(2, hired.size());
        supervisor.handle(new Event.Tick());
        assertEquals(2, hired.size());
    }

    @Test
    void theFirstWorkerThatCannotBeMadeIsAFaultOfTheStart() {
        noMore = true;
        assertThrows(IOException.class, supervisor::begin);
    }

    @Test
    void aWorkerThatIsSilentIsKilledAndReplaced() throws Exception {
        FakeWorker worker = serving();
        for (int i = 1; i < 2 * Supervisor.MOST_SILENT_TICKS; i++) {
            supervisor.handle(new Event.Tick());
            if (i == Supervisor.MOST_SILENT_TICKS - 1) {
                says(new Report.Alive());
            }
        }
        assertTrue(worker.killed);
        assertEquals(List.of("warn worker 100 has not been heard of for 30 seconds: killed"), log.lines());
        assertGoesOn(ends(worker, KILLED));
        assertFalse(hired.getLast().killed);
    }

    @Test
    void whatIsWantedWhileNobodyServesIsToldLater() throws Exception {
        FakeWorker worker = begin();
        supervisor.handle(new Event.ReloadWanted());
        supervisor.handle(new Event.ReloadWanted());
        supervisor.handle(new Event.ReopenWanted());
        assertEquals(List.of(), worker.told);
        says(new Report.Serving());
        assertEquals(List.of(new Notice.Reopen(), new Notice.Reload()), worker.told);
        says(new Report.Serving());
        assertEquals(2, worker.told.size());
        supervisor.handle(new Event.ReloadWanted());
        assertEquals(new Notice.Reload(), worker.told.getLast());
    }

    @Test
    void aReloadThatAWorkerTakesToItsGraveIsToldToTheNext() throws Exception {
        FakeWorker worker = serving();
        supervisor.handle(new Event.ReloadWanted());
        ends(worker, KILLED);
        says(new Report.Serving());
        assertEquals(List.of(new Notice.Reload()), hired.getLast().told);
        says(new Report.Committed(2));
        ends(hired.getLast(), KILLED);
        says(new Report.Serving());
        assertEquals(List.of(), hired.getLast().told);
    }

    @Test
    void aStopIsToldAndEndsWithTheWorker() throws Exception {
        FakeWorker worker = serving();
        assertGoesOn(supervisor.handle(new Event.StopWanted()));
        assertEquals(List.of(new Notice.Stop(LIMIT)), worker.told);
        assertEnds(0, ends(worker, DONE));
        assertEquals(List.of(), log.lines());
    }

    @Test
    void aWorkerThatDiesWhileItStopsIsNotReplaced() throws Exception {
        FakeWorker worker = serving();
        supervisor.handle(new Event.StopWanted());
        assertEnds(0, ends(worker, KILLED));
        assertEquals(List.of("warn worker 100 died: killed by signal 9"), log.lines());
        assertEquals(1, hired.size());
    }

    @Test
    void aStopDuringTheStartWaitsUntilTheWorkerServes() throws Exception {
        FakeWorker worker = begin();
        assertGoesOn(supervisor.handle(new Event.StopWanted()));
        assertEquals(List.of(), worker.told);
        says(new Report.Serving());
        assertEquals(List.of(new Notice.Stop(LIMIT)), worker.told);
    }

    @Test
    void aSecondStopDoesNotWait() throws Exception {
        FakeWorker worker = serving();
        supervisor.handle(new Event.StopWanted());
        supervisor.handle(new Event.StopWanted());
        assertEquals(List.of(new Notice.Stop(LIMIT), new Notice.Stop(Duration.ZERO)), worker.told);
        assertEquals(1, refusing);
        assertFalse(worker.killed);
    }

    @Test
    void aSecondStopDuringTheStartKillsTheWorker() throws Exception {
        FakeWorker worker = begin();
        supervisor.handle(new Event.StopWanted());
        supervisor.handle(new Event.StopWanted());
        assertTrue(worker.killed);
        assertEnds(0, ends(worker, KILLED));
    }

    @Test
    void aWorkerThatDoesNotEndInTimeIsKilled() throws Exception {
        FakeWorker worker = serving();
        supervisor.handle(new Event.StopWanted());
        for (int i = 1; i < LIMIT.plus(PATIENCE).toSeconds(); i++) {
            supervisor.handle(new Event.Tick());
            says(new Report.Alive());
        }
        assertFalse(worker.killed);
        supervisor.handle(new Event.Tick());
        assertTrue(worker.killed);
        assertEquals(List.of("warn worker 100 does not end: killed"), log.lines());
    }

    @Test
    void aWorkerThatWasAskedToStopByRelayctlIsToldOnce() throws Exception {
        FakeWorker worker = serving();
        assertGoesOn(says(new Report.StopAsked()));
        assertGoesOn(says(new Report.StopAsked()));
        assertEquals(List.of(new Notice.Stop(LIMIT)), worker.told);
        assertEnds(0, ends(worker, DONE));
    }
}
