package org.relayd.runtime.pfe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.relayd.runtime.RecordedLog;
import org.relayd.runtime.platform.KernelException;

class WatchedTest {
    private final RecordedLog log = new RecordedLog(true);
    private final Watched routes = new Watched("routes", log);

    private static void refuse() throws KernelException {
        throw new KernelException("no such gateway");
    }

    @Test
    void whatFailsInEachRoundIsSaidOnce() {
        for (int round = 0; round < 3; round++) {
            assertTrue(routes.use(Watched.NOTHING, Watched.NOTHING));
            routes.attempt(WatchedTest::refuse);
        }
        assertEquals(List.of("routes: no such gateway"), log.lines());
        routes.attempt(Watched.NOTHING);
        assertEquals(List.of("routes: no such gateway", "routes: works again"), log.lines());
    }
}
