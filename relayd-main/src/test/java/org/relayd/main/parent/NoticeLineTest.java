package org.relayd.main.parent;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.relayd.runtime.parent.link.Line;
import org.relayd.runtime.parent.link.MemoryLine;
import org.relayd.runtime.parent.message.Frame;
import org.relayd.runtime.parent.message.Notice;
import org.relayd.runtime.relay.RecordingLog;

/** What is said of a worker that cannot be told something. */
class NoticeLineTest {
    private final MemoryLine.Ends ends = MemoryLine.Ends.holding(1);
    private final RecordingLog log = new RecordingLog();
    private final NoticeLine notices = new NoticeLine(7, ends.parent(), log);

    @Test
    void oneThatDoesNotReadIsNamedWithWhatItMisses() throws Exception {
        notices.tell(new Notice.Reload());
        notices.tell(new Notice.Reload());
        notices.tell(new Notice.Reopen());
        notices.tell(new Notice.Stop(Duration.ZERO));
        assertEquals(List.of("warn worker 7 does not read: it is not told of a reload",
                "warn worker 7 does not read: it is not told of the rotation of access logs",
                "warn worker 7 does not read: it is not told of the end"), log.lines());
        assertEquals(Optional.of(new Line.Arrived<Frame.FromParent>(new Frame.Want(new Notice.Reload()),
                OptionalInt.empty())), ends.worker().receive());
    }

    @Test
    void ofOneThatHasDiedNothingIsSaid() {
        ends.worker().close();
        notices.tell(new Notice.Reload());
        assertEquals(List.of(), log.lines());
    }
}
