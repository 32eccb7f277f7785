package org.relayd.main.parent;

import java.util.OptionalInt;
import org.relayd.runtime.Log;
import org.relayd.runtime.parent.link.Line;
import org.relayd.runtime.parent.message.Frame;
import org.relayd.runtime.parent.message.Notice;

/**
 * What a worker is told by.
 *
 * @param pid
 *            the worker's process number
 * @param log
 *            gets what it could not be told because it does not read; of one that has died nobody expects it
 */
record NoticeLine(int pid, Line<Frame.FromParent, Frame.FromWorker> line, Log log) {

    /** Tells it something. Never blocks. */
    void tell(Notice notice) {
        if (!line.offer(new Frame.Want(notice), OptionalInt.empty()) && !line.isClosed()) {
            log.warn("worker " + pid + " does not read: it is not told of " + words(notice));
        }
    }

    private static String words(Notice notice) {
        return switch (notice) {
            case Notice.Reload() -> "a reload";
            case Notice.Reopen() -> "the rotation of access logs";
            case Notice.Stop _ -> "the end";
        };
    }
}
