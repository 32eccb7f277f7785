package org.relayd.runtime;

import java.util.function.Supplier;

/**
 * Where the roles write log lines. Each call writes one whole line at once; the words are part of the product, because
 * tools search for them. Any thread, never blocking.
 */
public interface Log {

    /** Writes a line that is always shown (LOG_INFO). */
    void info(String line);

    /** Writes a line about something that went wrong and does not end the daemon (LOG_ERR). */
    void warn(String line);

    /**
     * Writes a line that is shown only with {@code -vv} or after {@code relayctl log verbose}; the text is made only
     * then (LOG_DEBUG).
     */
    void debug(Supplier<String> line);
}
