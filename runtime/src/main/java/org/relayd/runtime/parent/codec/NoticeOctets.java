package org.relayd.runtime.parent.codec;

import java.io.IOException;
import java.time.Duration;
import org.relayd.runtime.parent.message.Notice;

/** Notices. */
final class NoticeOctets {
    private NoticeOctets() {}

    static void write(FrameOutput out, Notice notice) {
        switch (notice) {
            case Notice.Reload() -> out.octet(1);
            case Notice.Reopen() -> out.octet(2);
            case Notice.Stop(Duration limit) -> out.octet(3).time(limit);
        }
    }

    static Notice read(FrameInput in) throws IOException {
        return switch (in.octet()) {
            case 1 -> new Notice.Reload();
            case 2 -> new Notice.Reopen();
            case 3 -> new Notice.Stop(in.time());
            default -> throw in.unknown("notice");
        };
    }
}
