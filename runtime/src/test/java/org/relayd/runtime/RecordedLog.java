package org.relayd.runtime;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;

/** A log that tests read. */
public final class RecordedLog implements Log {
    private final List<String> lines = new CopyOnWriteArrayList<>();
    private final boolean verbose;

    /** Creates an empty log. */
    public RecordedLog(boolean verbose) {
        this.verbose = verbose;
    }

    @Override
    public void info(String line) {
        lines.add(line);
    }

    @Override
    public void warn(String line) {
        lines.add(line);
    }

    @Override
    public void debug(Supplier<String> line) {
        if (verbose) {
            lines.add(line.get());
        }
    }

    /** Returns the lines so far. */
    public List<String> lines() {
        return List.copyOf(lines);
    }

    /** Returns the lines so far and forgets them. */
    public List<String> take() {
        List<String> taken = new ArrayList<>(lines);
        lines.clear();
        return taken;
    }
}
