package org.relayd.ir.term;

import java.util.Optional;
import java.util.stream.Stream;

/** Form of the lines of an access log. relayd.conf(5): EXTENSIONS. */
public enum AccessLogFormat {
    /** The combined format of Apache httpd and nginx. */
    COMBINED("combined"),
    /** A JSON object (RFC 8259) on each line. */
    JSON("json");

    private final String word;

    AccessLogFormat(String word) {
        this.word = word;
    }

    /** Returns the format that a word of the configuration names, if it names one. */
    public static Optional<AccessLogFormat> of(String word) {
        return Stream.of(values()).filter(format -> format.word.equals(word)).findFirst();
    }

    /** Returns the word of relayd.conf(5). */
    public String word() {
        return word;
    }
}
