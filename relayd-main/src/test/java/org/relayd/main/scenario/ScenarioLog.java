package org.relayd.main.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.fail;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.relayd.runtime.Log;

/** The log of a scenario, each line with its class in front. */
final class ScenarioLog implements Log {
    private static final long PATIENCE = 10_000_000_000L;
    private static final Pattern SESSION = Pattern.compile("\\w+ (relay \\w+, session \\d+) \\(.*");

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

    @Override
    public boolean isVerbose() {
        return true;
    }

    /** Waits for a line. */
    void await(String line) {
        long end = System.nanoTime() + PATIENCE;
        while (!lines.contains(line)) {
            if (System.nanoTime() > end) {
                fail("no line: " + line + "\nin:\n" + String.join("\n", lines));
            }
            LockSupport.parkNanos(1_000_000);
        }
    }

    boolean contains(String text) {
        return lines.stream().anyMatch(line -> line.contains(text));
    }

    /** No session has left two lines. */
    void checkSessions() {
        List<String> sessions = lines.stream().map(SESSION::matcher).filter(Matcher::matches)
                .map(found -> found.group(1)).toList();
        assertEquals(List.copyOf(new java.util.LinkedHashSet<>(sessions)), sessions);
    }

    @Override
    public String toString() {
        return String.join("\n", lines);
    }
}
