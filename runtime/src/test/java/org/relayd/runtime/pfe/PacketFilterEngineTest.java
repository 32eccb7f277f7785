package org.relayd.runtime.pfe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.relayd.runtime.pfe.KernelFixture.MAIN;
import static org.relayd.runtime.pfe.KernelFixture.up;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.relayd.ir.config.RedirectId;
import org.relayd.ir.image.KernelImage;
import org.relayd.runtime.RecordedLog;
import org.relayd.runtime.parent.message.Handover;
import org.relayd.runtime.platform.FilterOperation;
import org.relayd.runtime.platform.Footprint;
import org.relayd.runtime.platform.Kernel;
import org.relayd.runtime.platform.KernelException;
import org.relayd.runtime.platform.PacketFilter;
import org.relayd.runtime.platform.TableChange;
import org.relayd.runtime.platform.recorder.Recording;

class PacketFilterEngineTest {
    @TempDir
    private Path folder;

    @Test
    void aSwitchIsDoneWhenTheKernelWasToldAndStopLeavesNothing() throws Exception {
        Path file = folder.resolve("calls");
        PacketFilterEngine engine = new PacketFilterEngine(
                KernelFixture.filter(KernelFixture.redirect(false, true)), Handover.nothing(),
                Recording.to(file).kernel(),
                new RecordedLog(true), event -> {});
        engine.on(up(MAIN, 0));
        assertTrue(engine.switchRedirect(new RedirectId(1), true).get(10, TimeUnit.SECONDS));
        assertEquals(List.of("filter open", "table www set 10.0.0.1", "rules www load"), Files.readAllLines(file));
        assertEquals(RedirectView.State.ACTIVE, engine.redirects().getFirst().state());
        assertFalse(engine.switchRedirect(new RedirectId(2), true).get(10, TimeUnit.SECONDS));
        engine.stop();
        assertEquals("filter close", Files.readAllLines(file).getLast());
        engine.settled().get(10, TimeUnit.SECONDS);
    }

    /** A recorded packet filter whose rules somebody removes. */
    private record Robbed(PacketFilter recorded, AtomicBoolean removed) implements PacketFilter {
        @Override
        public void open(KernelImage image) throws KernelException {
            recorded.open(image);
        }

        @Override
        public List<TableChange> apply(List<FilterOperation> round) throws KernelException {
            return recorded.apply(round);
        }

        @Override
        public Map<RedirectId, Long> connections() throws KernelException {
            if (removed.getAndSet(false)) {
                throw new KernelException("gone");
            }
            return recorded.connections();
        }

        @Override
        public void rebalance() throws KernelException {
            recorded.rebalance();
        }

        @Override
        public void close() throws KernelException {
            recorded.close();
        }
    }

    @Test
    void rulesThatSomebodyRemovesAreMissedWithoutARoundOfChecks() throws Exception {
        List<String> calls = new CopyOnWriteArrayList<>();
        Recording recording = calls::add;
        AtomicBoolean removed = new AtomicBoolean();
        PacketFilterEngine engine = new PacketFilterEngine(KernelFixture.filter(KernelFixture.redirect(false, false)),
                Handover.nothing(),
                new Kernel(new Robbed(recording.kernel().filter(), removed), recording.kernel().routes(),
                        recording.kernel().demotion(), Footprint.none()),
                new RecordedLog(true), event -> {});
        engine.on(up(MAIN, 0));
        engine.settled().get(10, TimeUnit.SECONDS);
        removed.set(true);
        List<String> loaded = List.of("filter open", "table www set 10.0.0.1", "rules www load");
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (calls.size() < 6 && System.nanoTime() < deadline) {
            LockSupport.parkNanos(10_000_000);
        }
        engine.stop();
        assertEquals(List.of(loaded, loaded, List.of("filter close")),
                List.of(calls.subList(0, 3), calls.subList(3, 6), calls.subList(6, calls.size())));
    }
}
