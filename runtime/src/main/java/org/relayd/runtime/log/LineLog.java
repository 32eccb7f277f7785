package org.relayd.runtime.log;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.relayd.runtime.Log;

/**
 * The log of the daemon. Lines are kept in order and written by a thread of its own. While the sink is too slow for
 * {@link #WAITING} lines, those who log wait; if it takes none for {@link #PATIENCE}, lines are lost until it does,
 * and counted, since clients must not wait for whoever reads the log.
 */
public final class LineLog implements Log, AutoCloseable {
    /** Most lines that wait for the sink. */
    static final int WAITING = 8192;
    /** Most lines that are written with one call. */
    private static final int PIECE = 512;
    private static final Duration CLOSING = Duration.ofSeconds(2);
    /** Time that those who log wait for a sink that takes no line. */
    static final Duration PATIENCE = Duration.ofSeconds(1);

    private final BlockingQueue<LineSink.Line> waiting = new ArrayBlockingQueue<>(WAITING);
    private final LineSink sink;
    private final Thread writer;
    private final AtomicLong lost = new AtomicLong();
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

    /** Adds a line that another process has found worth logging, debug lines too. */
    public void pass(LineSink.Line line) {
        add(line);
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
        // Those behind a line that was lost do not wait as well.
        if (!waiting.offer(line) && (lost.get() > 0 || !isTaken(line))) {
            lost.incrementAndGet();
        }
    }

    private boolean isTaken(LineSink.Line line) {
        boolean interrupted = Thread.interrupted();
        try {
            long end = System.nanoTime() + PATIENCE.toNanos();
            while (true) {
                try {
                    return waiting.offer(line, Math.max(0, end - System.nanoTime()), TimeUnit.NANOSECONDS);
                } catch (InterruptedException later) {
                    interrupted = true;
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
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
            waiting.drainTo(lines, PIECE - 1);
            if (lines.isEmpty() && closing) {
                return;
            }
            if (!lines.isEmpty()) {
                sink.write(List.copyOf(lines));
                long gone = lost.getAndSet(0);
                if (gone > 0) {
                    sink.write(List.of(new LineSink.Line(Priority.ERROR,
                            "log: lost " + gone + " lines, nobody took them for a while")));
                }
            }
        }
    }
}
