package org.relayd.main.parent;

import java.io.IOException;
import java.time.Duration;
import java.util.function.Consumer;
import org.relayd.runtime.log.LineLog;
import org.relayd.runtime.log.PrefixedLines;
import org.relayd.runtime.parent.link.Line;
import org.relayd.runtime.parent.linux.Ending;
import org.relayd.runtime.parent.linux.LogPipe;
import org.relayd.runtime.parent.linux.WorkerProcess;
import org.relayd.runtime.parent.message.Frame;
import org.relayd.runtime.parent.message.Notice;

/**
 * A worker in a process of its own. Three threads wait: for what it writes, for what it sends, and for its end, which
 * is told when nothing more can come of the other two.
 */
final class RunningWorker implements Worker {
    /** Time in which what a worker has said is heard when it has ended. */
    private static final Duration HEARING = Duration.ofSeconds(5);
    /** Octets that are read of its log at once. */
    private static final int PIECE = 1 << 14;

    private final WorkerProcess process;
    private final LogPipe pipe;
    private final Line<Frame.FromParent, Frame.FromWorker> line;
    private final Duration patience;
    private final LineLog log;

    /**
     * Takes a process that has just been started.
     *
     * @param pipe
     *            what it writes to; closed with it
     * @param line
     *            its line; closed with it
     * @param patience
     *            time that it has to end when it has closed its line
     */
    RunningWorker(WorkerProcess process, LogPipe pipe, Line<Frame.FromParent, Frame.FromWorker> line,
            Duration patience, LineLog log) {
        this.process = process;
        this.pipe = pipe;
        this.line = line;
        this.patience = patience;
        this.log = log;
    }

    /** Listens to it from now on; its end is an event. */
    void attend(Reception reception, Consumer<Event> events) {
        Thread words = Thread.ofPlatform().daemon().name("log of worker").start(this::readLog);
        Thread requests = Thread.ofPlatform().daemon().name("line of worker").start(() -> serve(reception));
        Thread.ofPlatform().daemon().name("end of worker").start(() -> {
            Ending ending = process.awaitEnd();
            join(requests);
            join(words);
            line.close();
            events.accept(new Event.Ended(this, ending));
        });
    }

    private static void join(Thread thread) {
        try {
            thread.join(HEARING);
        } catch (InterruptedException nobodyDoes) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public int pid() {
        return process.pid();
    }

    @Override
    public void tell(Notice notice) {
        new NoticeLine(pid(), line, log).tell(notice);
    }

    @Override
    public void kill() {
        try {
            process.kill();
        } catch (IOException refused) {
            log.warn("worker " + pid() + " cannot be killed: " + refused.getMessage());
        }
    }

    private void readLog() {
        PrefixedLines lines = new PrefixedLines(log::pass);
        byte[] octets = new byte[PIECE];
        try {
            for (int count = pipe.read(octets); count > 0; count = pipe.read(octets)) {
                lines.take(octets, count);
            }
        } catch (IOException failure) {
            log.warn("log of worker " + pid() + ": " + failure.getMessage());
        }
        lines.end();
        pipe.closeReadEnd();
    }

    private void serve(Reception reception) {
        try {
            reception.serve(line);
            if (!process.endsWithin(patience)) {
                log.warn("worker " + pid() + " has closed its line and does not end: killed");
            }
        } catch (IOException | RuntimeException fault) {
            log.warn("worker " + pid() + " is not understood, and killed: " + fault.getMessage());
        }
        kill();
    }
}
