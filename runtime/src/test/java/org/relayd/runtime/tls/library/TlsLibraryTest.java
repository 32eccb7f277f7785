package org.relayd.runtime.tls.library;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.relayd.runtime.RecordedLog;
import org.relayd.runtime.tls.TlsEngine;
import org.relayd.runtime.tls.boringssl.BoringSsl;
import org.relayd.runtime.tls.boringssl.BoringSsl.Availability;
import org.relayd.runtime.tls.jdk.JdkTls;

class TlsLibraryTest {
    private final RecordedLog log = new RecordedLog(true);

    @Test
    void machinesWithANativeLibraryUseItWithoutAWord() {
        TlsEngine engine = new TlsLibrary(log).get();
        assertInstanceOf(BoringSsl.class, engine);
        assertEquals(0, log.lines().size());
    }

    @Test
    void othersUseTheJdkAndSayWhy() {
        TlsEngine engine = TlsLibrary.choose(new Availability.Missing("no library for sparc"), log);
        assertInstanceOf(JdkTls.class, engine);
        assertTrue(log.lines().getFirst().endsWith("no library for sparc"), log.lines().getFirst());
        assertEquals("tls tlsv1.0 has no effect: the JDK speaks TLS 1.2 and 1.3 only", log.lines().get(1));
        assertEquals(5, log.lines().size());
    }

    @Test
    void itIsLoadedOnceAndWhenItIsNeeded() {
        AtomicInteger loads = new AtomicInteger();
        TlsLibrary library = new TlsLibrary(() -> {
            loads.incrementAndGet();
            return new JdkTls();
        });
        assertEquals(0, loads.get());
        assertSame(library.get(), library.get());
        assertEquals(1, loads.get());
    }
}
