package org.relayd.runtime.parent.door;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.relayd.runtime.RecordedLog;

class RefusalLogTest {
    private final RecordedLog log = new RecordedLog(false);
    private long now = Long.MAX_VALUE - 5;
    private final RefusalLog refusals = new RefusalLog(log, () -> now);

    @Test
    void eachKindIsSaidOnceInTenSeconds() {
        refusals.say("listen", "listen 1");
        refusals.say("listen", "listen 2");
        refusals.say("script", "script 1");
        now += Duration.ofSeconds(9).toNanos();
        refusals.say("listen", "listen 3");
        assertEquals(List.of("listen 1", "script 1"), log.take());
        now += Duration.ofSeconds(1).toNanos();
        refusals.say("listen", "listen 4");
        assertEquals(List.of("listen 4 (and 2 like it before)"), log.take());
        refusals.say("listen", "listen 5");
        refusals.end();
        assertEquals(List.of("worker: 1 more requests and reports were refused"), log.take());
        refusals.end();
        assertEquals(List.of(), log.lines());
    }

    @Test
    void strangersWriteNoLinesOfTheirOwn() {
        assertEquals("/a?relayd: all is well?[31m?", RequestWords.clean("/a\nrelayd: all is well\u001b[31m\u202e"));
        assertEquals("x".repeat(120) + "...", RequestWords.clean("x".repeat(1000)));
    }
}
