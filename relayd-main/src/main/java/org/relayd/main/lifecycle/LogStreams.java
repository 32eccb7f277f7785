package org.relayd.main.lifecycle;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.OutputStream;
import org.relayd.runtime.log.LineSink;
import org.relayd.runtime.log.PrefixedSink;
import org.relayd.runtime.log.StandardErrorSink;
import org.relayd.runtime.parent.service.JournalStream;

/** Where a daemon in the foreground writes its log. */
public final class LogStreams {
    private LogStreams() {}

    /** Returns standard error, where lines begin with their priority if the journal reads them. */
    public static LineSink foreground() {
        OutputStream stream = new FileOutputStream(FileDescriptor.err);
        return JournalStream.isStandardError(System.getenv()) ? new PrefixedSink(stream)
                : new StandardErrorSink(stream);
    }
}
