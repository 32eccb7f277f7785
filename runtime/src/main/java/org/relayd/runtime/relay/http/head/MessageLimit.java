package org.relayd.runtime.relay.http.head;

/**
 * What bounds a message, by the names that logs and error pages tell when it is passed; relayd.conf(5) lists them at
 * http headerlen.
 */
public enum MessageLimit {
    /** Octets of a head, line ends not counted. */
    HEADERLEN("headerlen"),
    /** Lines of a head after the first, and options of Connection. */
    LINES("header lines"),
    /** Hexadecimal digits in the size of a chunk, zeros in front of it included. */
    CHUNK_DIGITS("chunk digits"),
    /** Octets of a chunk. */
    CHUNK_SIZE("chunk size"),
    /** Octets after the size in the line of a chunk. */
    CHUNK_LINE("chunk line"),
    /** Octets of the trailer fields after a chunked body. */
    TRAILERS("trailers"),
    /** Interim responses to one request. */
    INTERIM("interim responses"),
    /** Steps of the search for a pattern in one text. */
    PATTERN_STEPS("pattern steps");

    private static final int OCTETS_OF_A_LINE = 64;
    private static final int LEAST_LINES = 100;
    private static final int MOST_LINES = 512;

    private final String text;

    MessageLimit(String text) {
        this.text = text;
    }

    /**
     * Returns how many lines of fields and options of Connection a head may have. Each costs as much as dozens of
     * octets, so that a head of lines that hold next to nothing would cost ten times as much as another one of its
     * size; those of browsers and applications are few, or hold
     * more octets than this on average. Other proxies and servers allow 100 lines at any size.
     *
     * @param octets
     *            the most octets that it may have
     */
    static int mostLines(int octets) {
        return Math.clamp(octets / OCTETS_OF_A_LINE, LEAST_LINES, MOST_LINES);
    }

    /** Returns the name in manual and logs. */
    public String text() {
        return text;
    }

    /** Returns the words that tell which limit was passed, and its value. */
    public String passed(long most) {
        return text + " " + most;
    }
}
