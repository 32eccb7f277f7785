package org.relayd.runtime.relay.http.head;

/**
 * What bounds a message, by the names that logs and error pages tell when it is passed; relayd.conf(5) lists them at
 * http headerlen.
 */
public enum MessageLimit {
    /** Octets of a head, line ends not counted. */
    HEADERLEN("headerlen"),
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

    private final String text;

    MessageLimit(String text) {
        this.text = text;
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
