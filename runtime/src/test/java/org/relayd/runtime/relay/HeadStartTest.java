package org.relayd.runtime.relay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What is readied while the configuration is compiled. */
class HeadStartTest {
    private final Thread.UncaughtExceptionHandler before = Thread.getDefaultUncaughtExceptionHandler();
    private final Queue<Throwable> faults = new ConcurrentLinkedQueue<>();

    @AfterEach
    void restore() {
        Thread.setDefaultUncaughtExceptionHandler(before);
    }

    @Test
    void everythingIsReadiedOnAThreadOfItsOwn() throws Exception {
        Thread.setDefaultUncaughtExceptionHandler((_, fault) -> faults.add(fault));
        Thread headStart = HeadStart.begin();
        headStart.join(30_000);
        assertFalse(headStart.isAlive());
        assertEquals(List.of(), List.copyOf(faults));
    }
}
