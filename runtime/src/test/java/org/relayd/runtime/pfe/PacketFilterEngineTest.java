package org.relayd.runtime.pfe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.relayd.runtime.pfe.KernelFixture.MAIN;
import static org.relayd.runtime.pfe.KernelFixture.up;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.relayd.ir.config.RedirectId;
import org.relayd.runtime.RecordedLog;
import org.relayd.runtime.platform.recorder.Recording;

class PacketFilterEngineTest {
    @TempDir
    private Path folder;

    @Test
    void aSwitchIsDoneWhenTheKernelWasToldAndStopLeavesNothing() throws Exception {
        Path file = folder.resolve("calls");
        PacketFilterEngine engine = new PacketFilterEngine(
                KernelFixture.filter(KernelFixture.redirect(false, true)), Recording.to(file).kernel(),
                new RecordedLog(true), event -> {});
        engine.on(up(MAIN, 0));
        assertEquals(Optional.of(new RedirectId(1)), engine.redirectNamed("www"));
        assertTrue(engine.switchRedirect(new RedirectId(1), true).get(10, TimeUnit.SECONDS));
        assertEquals(List.of("filter open", "table www set 10.0.0.1", "rules www load"), Files.readAllLines(file));
        assertEquals(RedirectView.State.ACTIVE, engine.redirects().getFirst().state());
        assertFalse(engine.switchRedirect(new RedirectId(2), true).get(10, TimeUnit.SECONDS));
        engine.stop();
        assertEquals("filter close", Files.readAllLines(file).getLast());
    }
}
