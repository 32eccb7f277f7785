package org.relayd.runtime.relay;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.relayd.runtime.Log;

/** Keeps log lines for tests, each with its class in front. */
public final class RecordingLog implements Log {
    private static final long DEADLINE = Duration.ofSeconds(10).toNanos();
    private final List<String> lines = new CopyOnWriteArrayList<>();

    @Override
    public void info(String line) {
        lines.add("info " + line);
    }

    @Override
    public void warn(String line) {
        lines.add("warn " + line);
    }

    @Override
    public void debug(Supplier<String> line) {
        lines.add("debug " + line.get());
    }

    /** All lines so far. */
    public List<String> lines() {
        return List.copyOf(lines);
    }

    /** Waits for a line that contains a text and returns it; not for what is told of a session while it goes on. */
    public String await(String part) {
        return await(line -> line.contains(part) && !line.startsWith("debug relay "), part);
    }

    /** Waits for exactly this line. */
    public void awaitLine(String line) {
        await(line::equals, line);
    }

    private String await(Predicate<String> wanted, String name) {
        long end = System.nanoTime() + DEADLINE;
        while (System.nanoTime() < end) {
            for (String line : lines) {
                if (wanted.test(line)) {
                    return line;
                }
            }
            LockSupport.parkNanos(1_000_000);
        }
        throw new AssertionError("no line with \"" + name + "\" in:\n" + String.join("\n", lines));
    }
}
