package org.relayd.main.daemon;

import java.util.List;

/** The daemon cannot start, or a new configuration cannot be taken over; nothing of the attempt is left. */
final class StartException extends Exception {
    private static final long serialVersionUID = 1L;
    private final transient List<String> lines;

    /** Creates the exception with what the user reads, one or more lines. */
    StartException(List<String> lines) {
        super(String.join("\n", lines));
        this.lines = List.copyOf(lines);
    }

    StartException(String line) {
        this(List.of(line));
    }

    List<String> lines() {
        return lines;
    }
}
