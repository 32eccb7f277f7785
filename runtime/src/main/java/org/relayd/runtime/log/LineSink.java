package org.relayd.runtime.log;

import java.util.List;

/** Takes finished lines. Called by one thread only; may block. */
public interface LineSink {

    /**
     * One line of the log.
     *
     * @param priority
     *            how important it is
     * @param text
     *            the line without its end; may hold line ends of a longer message
     */
    record Line(Priority priority, String text) {}

    /**
     * Writes lines in their order.
     *
     * @param lines
     *            never empty
     */
    void write(List<Line> lines);
}
