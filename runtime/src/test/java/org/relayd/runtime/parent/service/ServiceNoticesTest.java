package org.relayd.runtime.parent.service;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.relayd.runtime.RecordedLog;

class ServiceNoticesTest {
    private final List<String> sent = new ArrayList<>();
    private final RecordedLog log = new RecordedLog(false);
    private final ServiceNotices notices = new ServiceNotices(
            (text, descriptors) -> sent.add(text.replace('\n', ' ') + descriptors), 42, log);

    @Test
    void aLifeIsTold() {
        notices.ready();
        notices.reloading(5_000_000);
        notices.ready();
        notices.alive();
        notices.stopping();
        assertEquals(List.of("READY=1 MAINPID=42 STATUS=serving []",
                "RELOADING=1 MONOTONIC_USEC=5000 STATUS=reloading []", "READY=1 MAINPID=42 STATUS=serving []",
                "WATCHDOG=1 []", "STOPPING=1 STATUS=draining []"), sent);
    }

    @Test
    void socketsAreKeptOnceEachAndLetGoByName() {
        notices.keep(new LinkedHashSet<>(List.of(7, 9)));
        notices.keep(Set.of(7, 9));
        notices.keep(Set.of(9));
        notices.keep(new LinkedHashSet<>(List.of(9, 7)));
        assertEquals(List.of("FDSTORE=1 FDNAME=relayd-1 [7]", "FDSTORE=1 FDNAME=relayd-2 [9]",
                "FDSTOREREMOVE=1 FDNAME=relayd-1 []", "FDSTORE=1 FDNAME=relayd-3 [7]"), sent);
    }

    @Test
    void whatIsNotTakenIsToldOnce() {
        ServiceNotices deaf = new ServiceNotices((_, _) -> {
            throw new IOException("Connection refused");
        }, 42, log);
        deaf.ready();
        deaf.alive();
        assertEquals(List.of("service manager: Connection refused"), log.take());
    }

    @Test
    void socketsAreThoseOfThisProcess() {
        assertEquals(List.of(3, 4), PassedSockets.of(Map.of("LISTEN_PID", "42", "LISTEN_FDS", "2"), 42).descriptors());
        assertEquals(List.of(), PassedSockets.of(Map.of("LISTEN_PID", "41", "LISTEN_FDS", "2"), 42).descriptors());
        assertEquals(List.of(), PassedSockets.of(Map.of("LISTEN_FDS", "2"), 42).descriptors());
        for (String wrong : List.of("-1", "two", "9999", "99999999999")) {
            assertEquals(new PassedSockets(List.of(), List.of("LISTEN_FDS=" + wrong + ": not a number of sockets")),
                    PassedSockets.of(Map.of("LISTEN_PID", "42", "LISTEN_FDS", wrong), 42));
        }
    }
}
