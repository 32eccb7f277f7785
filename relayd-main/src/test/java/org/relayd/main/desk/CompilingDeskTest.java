package org.relayd.main.desk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.relayd.compiler.environment.Environment;
import org.relayd.compiler.environment.FileEnvironment;
import org.relayd.compiler.environment.FileEnvironment.Description;
import org.relayd.compiler.report.DiagnosticStyle;
import org.relayd.ir.plan.RelayPath;
import org.relayd.ir.term.OperatingSystem;
import org.relayd.main.bundle.Bundle;
import org.relayd.main.bundle.BundleCodec;
import org.relayd.main.bundle.PlanPrint;
import org.relayd.main.options.RelaydOptions;
import org.relayd.main.plans.PlanCompiler;
import org.relayd.runtime.parent.door.PlanDesk.Offer;
import org.relayd.runtime.parent.door.PlanDesk.Taker;
import org.relayd.runtime.relay.RecordingLog;

@Timeout(30)
class CompilingDeskTest {
    private static final String OWN = "/etc/relayd.conf";
    private static final String OTHER = "/etc/other.conf";
    private static final RelaydOptions OPTIONS = new RelaydOptions(true, false, 0, List.of(), OWN, Optional.empty(),
            new RelaydOptions.BackendOption.None(), Optional.empty(), DiagnosticStyle.CLASSIC, false, Optional.empty(),
            RelaydOptions.DEFAULT_DRAIN, false);

    private final Map<String, FileEnvironment.Files> files = new ConcurrentHashMap<>();
    private final RecordingLog log = new RecordingLog();
    private final List<CompilingDesk> desks = new ArrayList<>();

    @AfterEach
    void closeAll() {
        desks.forEach(CompilingDesk::close);
    }

    private CompilingDesk desk() {
        Environment machine = new FileEnvironment(
                new Description(Map.of(), new LinkedHashMap<>(), Map.of(), Optional.empty()), path -> files
                        .getOrDefault(path, missing -> {
                            throw new NoSuchFileException(missing);
                        }).read(path));
        CompilingDesk desk = CompilingDesk.start(new BundleMaker(
                new PlanCompiler(OPTIONS, OperatingSystem.LINUX), machine, machine, log));
        desks.add(desk);
        return desk;
    }

    private void write(String path, String text) {
        files.put(path, _ -> text.getBytes(StandardCharsets.UTF_8));
    }

    private void writeRelay(String path, String name) {
        write(path, "relay " + name + " {\n listen on 127.0.0.1 port 8080\n forward to 127.0.0.1 port 80\n}\n");
    }

    /** What comes back: an offer, or lines. */
    private record Outcome(Optional<Offer> offer, List<String> lines) {
        int number() {
            return offer.orElseThrow(() -> new AssertionError(lines)).number();
        }

        String relay() {
            return offer.orElseThrow(() -> new AssertionError(lines)).plan().relays().paths().stream()
                    .map(RelayPath::name).findFirst().orElseThrow();
        }
    }

    private static final class Asked implements Taker {
        private final CompletableFuture<Outcome> outcome = new CompletableFuture<>();

        @Override
        public void given(Offer offer) {
            assertTrue(outcome.complete(new Outcome(Optional.of(offer), List.of())));
        }

        @Override
        public void refused(List<String> lines) {
            assertTrue(outcome.complete(new Outcome(Optional.empty(), lines)));
        }

        Outcome outcome() throws Exception {
            return outcome.get(20, TimeUnit.SECONDS);
        }
    }

    private static Outcome first(CompilingDesk desk) throws Exception {
        Asked asked = new Asked();
        desk.first(asked);
        return asked.outcome();
    }

    private static Asked ask(CompilingDesk desk, String... file) {
        Asked asked = new Asked();
        desk.reload(List.of(file).stream().findFirst(), asked);
        return asked;
    }

    @Test
    void theFirstWorkerGetsTheFileOfTheCommandLine() throws Exception {
        writeRelay(OWN, "own");
        Offer offer = first(desk()).offer().orElseThrow();
        assertEquals(1, offer.number());
        assertEquals("/var/run/relayd.sock", offer.controlSocket());
        Bundle bundle = BundleCodec.read(offer.content().toArray());
        assertEquals(OWN, bundle.file());
        assertEquals(OPTIONS, bundle.options());
        assertEquals(PlanPrint.of(offer.plan()), bundle.print());
    }

    @Test
    void withoutAPlanTheUserHasReadWhy() throws Exception {
        assertEquals(List.of(), first(desk()).lines());
    }

    @Test
    void theNextWorkerGetsWhatWasCommitted() throws Exception {
        writeRelay(OWN, "one");
        CompilingDesk desk = desk();
        assertEquals("one", first(desk).relay());
        writeRelay(OWN, "two");
        assertEquals(2, ask(desk).outcome().number());
        assertEquals("one", first(desk).relay(), "not committed");
        desk.committed(2);
        assertEquals("one", first(desk).relay(), "the worker that could commit it is gone");
        int number = ask(desk).outcome().number();
        assertEquals(3, number);
        desk.committed(number);
        assertEquals("two", first(desk).relay());
        assertEquals(number, first(desk).number());
    }

    @Test
    void onlyThePlanThatWasGivenLastCanBeCommitted() throws Exception {
        writeRelay(OWN, "one");
        CompilingDesk desk = desk();
        first(desk);
        writeRelay(OWN, "two");
        ask(desk).outcome();
        writeRelay(OWN, "three");
        ask(desk).outcome();
        List.of(-1, 0, 1, 2, 4, Integer.MAX_VALUE).forEach(desk::committed);
        assertEquals("one", first(desk).relay());
        int number = ask(desk).outcome().number();
        desk.abandoned(number);
        desk.committed(number);
        assertEquals("one", first(desk).relay());
    }

    @Test
    void whatIsWrongWithTheFileOfTheCommandLineIsToldInFull() throws Exception {
        writeRelay(OWN, "one");
        CompilingDesk desk = desk();
        first(desk);
        write(OWN, "relay r {\n bogus\n}\nprotocol p { bogus }\n");
        List<String> lines = ask(desk).outcome().lines();
        assertTrue(lines.getFirst().startsWith(OWN + ":2: "), lines::toString);
        files.remove(OWN);
        assertTrue(ask(desk).outcome().lines().toString().contains("No such file or directory"));
        writeRelay(OWN, "two");
        assertEquals("two", ask(desk).outcome().relay());
    }

    @Test
    void otherFilesAreTakenOnceAndStayWithTheirPlan() throws Exception {
        writeRelay(OWN, "own");
        writeRelay(OTHER, "other");
        CompilingDesk desk = desk();
        first(desk);
        Outcome other = ask(desk, OTHER).outcome();
        assertEquals(OTHER, BundleCodec.read(other.offer().orElseThrow().content().toArray()).file());
        desk.committed(other.number());
        assertEquals("other", first(desk).relay());
        assertEquals("own", ask(desk).outcome().relay());
    }

    @Test
    void aWorkerLearnsNothingOfOtherFiles() throws Exception {
        writeRelay(OWN, "own");
        CompilingDesk desk = desk();
        first(desk);
        List<String> secrets = List.of("root:$6$humppa:19000:0:99999:7:::\n", "PASSWORD=humppa\n",
                "-----BEGIN PRIVATE KEY-----\nhumppa\n", "", "relay humppa {\n}\n");
        for (String secret : secrets) {
            write(OTHER, secret);
            assertEquals(List.of(OTHER + ": refused, see the log of relayd"), ask(desk, OTHER).outcome().lines());
        }
        assertEquals(List.of("/missing: refused, see the log of relayd"), ask(desk, "/missing").outcome().lines());
        assertTrue(log.lines().toString().contains("no actions, nothing to do"), log.lines()::toString);
        assertTrue(log.lines().toString().contains("No such file or directory"), log.lines()::toString);
    }

    @Test
    void theLogIsNotFilledWithFilesOfOthers() throws Exception {
        writeRelay(OWN, "own");
        write(OTHER, "bogus\n".repeat(10_000));
        CompilingDesk desk = desk();
        first(desk);
        assertFalse(ask(desk, OTHER).outcome().lines().isEmpty());
        assertTrue(log.lines().size() <= BundleMaker.MOST_LINES + 1, () -> log.lines().size() + " lines");
    }

    /** Stands for DNS as well: whatever blocks. */
    @Test
    void aSlowFileKeepsNobodyElseWaiting() throws Exception {
        writeRelay(OWN, "own");
        CompilingDesk desk = desk();
        first(desk);
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch released = new CountDownLatch(1);
        files.put(OTHER, _ -> {
            begun.countDown();
            try {
                released.await();
            } catch (InterruptedException ended) {
                throw new IOException(ended);
            }
            return "relay slow { listen on 127.0.0.1 port 80\n forward to 127.0.0.1 port 80\n}\n"
                    .getBytes(StandardCharsets.UTF_8);
        });
        Asked slow = ask(desk, OTHER);
        begun.await();
        Asked after = ask(desk);
        assertEquals("own", first(desk).relay(), "the next worker begins at once");
        Asked ofNext = ask(desk);
        released.countDown();
        assertEquals(List.of("another worker has begun"), slow.outcome().lines());
        assertEquals(List.of("another worker has begun"), after.outcome().lines());
        assertEquals(2, ofNext.outcome().number());
    }

    @Test
    void onlySomeReloadsWait() throws Exception {
        writeRelay(OWN, "own");
        CompilingDesk desk = desk();
        first(desk);
        CountDownLatch released = new CountDownLatch(1);
        files.put(OTHER, path -> {
            try {
                released.await();
            } catch (InterruptedException ended) {
                throw new IOException(ended);
            }
            throw new NoSuchFileException(path);
        });
        List<Asked> asked = new ArrayList<>();
        for (int i = 0; i < CompilingDesk.MOST_WAITING; i++) {
            asked.add(ask(desk, OTHER));
        }
        assertEquals(List.of(CompilingDesk.MOST_WAITING + " other reloads are waiting"),
                ask(desk).outcome().lines());
        released.countDown();
        for (Asked each : asked) {
            each.outcome();
        }
        assertEquals(2, ask(desk).outcome().number());
    }

    @Test
    void faultsAndFullMemoryEndTheReloadOnly() throws Exception {
        writeRelay(OWN, "own");
        CompilingDesk desk = desk();
        first(desk);
        files.put(OTHER, path -> {
            throw new OutOfMemoryError(path);
        });
        assertEquals(List.of("the configuration cannot be compiled: OutOfMemoryError"),
                ask(desk, OTHER).outcome().lines());
        files.put(OTHER, path -> {
            throw new IllegalStateException(path);
        });
        assertEquals(List.of("the configuration cannot be compiled: IllegalStateException"),
                ask(desk, OTHER).outcome().lines());
        assertEquals("own", ask(desk).outcome().relay());
    }

    @Test
    void aBundleHasALargestSize() throws Exception {
        writeRelay(OWN, "own");
        CompilingDesk desk = desk();
        first(desk);
        write(OWN, "# humppa\n".repeat(Bundle.LONGEST / 9 + 1)
                + "relay r {\n listen on 127.0.0.1 port 80\n forward to 127.0.0.1 port 80\n}\n");
        assertEquals(List.of(OWN + ": the configuration has more than 16 MiB"), ask(desk).outcome().lines());
    }
}
