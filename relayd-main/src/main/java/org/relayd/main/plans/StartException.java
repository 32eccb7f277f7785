package org.relayd.main.plans;

import java.util.List;

/** The daemon cannot start, or a new configuration cannot be taken over; nothing of the attempt is left. */
public final class StartException extends Exception {
    private static final long serialVersionUID = 1L;
    private final transient List<String> lines;

    /** Creates the exception with what the user reads, one or more lines. */
    public StartException(List<String> lines) {
        super(String.join("\n", lines));
        this.lines = List.copyOf(lines);
    }

    /** Creates the exception with what the user reads, a line. */
    public StartException(String line) {
        this(List.of(line));
    }

    /** Returns what the user reads. */
    public List<String> lines() {
        return lines;
    }
}
