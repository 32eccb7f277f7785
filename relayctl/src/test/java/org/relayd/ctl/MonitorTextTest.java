package org.relayd.ctl;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.relayd.ir.control.ControlReply.Event;
import org.relayd.ir.control.ControlReply.EventKind;
import org.relayd.ir.term.HostState;

class MonitorTextTest {
    private static final Instant TIME = Instant.ofEpochSecond(1795293959L);
    private final MonitorText text = new MonitorText(ZoneOffset.UTC);

    @Test
    void hostStatesHaveIdAndState() {
        assertEquals("""
                host_status: imsg type 37 len 43 peerid 0 pid 12
                	timestamp: 1795293959, Sat Nov 21 20:45:59 2026
                	id: 1
                	state: down
                """, text.lines(new Event(EventKind.HOST_STATUS, TIME, 12, 1, Optional.of("10.0.0.1"),
                false, Optional.of(HostState.DOWN))));
    }

    @Test
    void commandsHaveTheNameTheyWereGiven() {
        assertEquals("""
                ctl_table_disable: imsg type 20 len 40 peerid 0 pid 12
                	timestamp: 1795293959, Sat Nov 21 20:45:59 2026
                	id: 2
                	name: web:80
                """, text.lines(new Event(EventKind.TABLE_DISABLE, TIME, 12, 2, Optional.of("web:80"),
                true, Optional.empty())));
    }

    @Test
    void roundsHaveNoDetailsAndShortDaysABlank() {
        assertEquals("""
                sync: imsg type 38 len 30 peerid 0 pid 12
                	timestamp: 0, Thu Jan  1 00:00:00 1970
                """,
                text.lines(new Event(EventKind.SYNC, Instant.EPOCH, 12, 0, Optional.empty(), false, Optional.empty())));
    }
}
