package org.relayd.runtime.log;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.function.Supplier;
import org.relayd.runtime.Log;

/**
 * The log of the daemon. Lines are kept in order and written by a thread of its own; none is lost: while the sink is
 * too slow for {@link #WAITING} lines, those who log wait.
 */
public final class LineLog implements Log, AutoCloseable {
    /** Most lines that wait for the sink. */
    static final int WAITING = 8192;
    private static final Duration CLOSING = Duration.ofSeconds(2);

    private final BlockingQueue<LineSink.Line> waiting = new ArrayBlockingQueue<>(WAITING);
    private final LineSink sink;
    private final Thread writer;
    private volatile boolean verbose;
    private volatile boolean closing;

    /**
     * Starts a log.
     *
     * @param sink
     *            where lines go
     * @param verbose
     *            whether debug lines are shown
     */
    public LineLog(LineSink sink, boolean verbose) {
        this.sink = sink;
        this.verbose = verbose;
        this.writer = Thread.ofPlatform().daemon().name("log").start(this::writeAll);
    }

    /** Shows debug lines or hides them: {@code relayctl log verbose|brief}. Any thread. */
    public void setVerbose(boolean isVerbose) {
        verbose = isVerbose;
    }

    @Override
    public void info(String line) {
        add(new LineSink.Line(Priority.INFO, line));
    }

    @Override
    public void warn(String line) {
        add(new LineSink.Line(Priority.ERROR, line));
    }

    @Override
    public void debug(Supplier<String> line) {
        if (verbose) {
            add(new LineSink.Line(Priority.DEBUG, line.get()));
        }
    }

    /** Writes what waits and ends, at the latest after two seconds if the sink hangs. Later lines are lost. */
    @Override
    public void close() {
        closing = true;
        writer.interrupt();
        try {
            writer.join(CLOSING);
        } catch (InterruptedException impatient) {
            Thread.currentThread().interrupt();
        }
    }

    private void add(LineSink.Line line) {
        if (closing) {
            return;
        }
        boolean interrupted = Thread.interrupted();
        boolean added = waiting.offer(line);
        while (!added) {
            try {
                waiting.put(line);
                added = true;
            } catch (InterruptedException later) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void writeAll() {
        List<LineSink.Line> lines = new ArrayList<>();
        while (true) {
            lines.clear();
            try {
                lines.add(waiting.take());
            } catch (InterruptedException end) {
                // Asked to close: what is in the queue is still written.
            }
            waiting.drainTo(lines);
            if (lines.isEmpty() && closing) {
                return;
            }
            if (!lines.isEmpty()) {
                sink.write(List.copyOf(lines));
            }
        }
    }
}
