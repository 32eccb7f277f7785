package org.relayd.runtime.relay.access;

import java.time.Instant;
import java.time.format.DateTimeFormatter;

/** The text of a time, made once for all entries of a second. One thread. */
final class SecondText {
    private static final long MILLIS = 1000;

    private final DateTimeFormatter formatter;
    private long second = Long.MIN_VALUE;
    private String text = "";

    /**
     * @param formatter
     *            has a zone and shows no part of a second
     */
    SecondText(DateTimeFormatter formatter) {
        this.formatter = formatter;
    }

    /** Returns the text of the second that a time, in milliseconds since 1970, lies in. */
    String of(long time) {
        long wanted = Math.floorDiv(time, MILLIS);
        if (wanted != second) {
            second = wanted;
            text = formatter.format(Instant.ofEpochSecond(wanted));
        }
        return text;
    }
}
