package org.relayd.compiler.words;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.relayd.ir.term.Dialect;

/**
 * What a check is called in front of its arguments, in the order of messages. relayd.conf(5): TABLES,
 * health checking methods.
 */
public enum CheckWord {
    ICMP("icmp"),
    TCP("tcp"),
    /** 5.1 has {@link #SSL} for it. */
    TLS("tls", Dialect.CURRENT),
    /** The current dialect takes it with a warning. */
    SSL("ssl", Dialect.V5_1),
    HTTP("http"),
    /** No keyword: a word that stands where {@code http} can stand. */
    HTTPS("https"),
    SEND("send"),
    BINARY_SEND("binary send", Dialect.CURRENT),
    SCRIPT("script");

    private final String words;
    private final Optional<Dialect> alone;

    CheckWord(String words) {
        this.words = words;
        this.alone = Optional.empty();
    }

    CheckWord(String words, Dialect alone) {
        this.words = words;
        this.alone = Optional.of(alone);
    }

    /** Returns the word, or words. */
    public String words() {
        return words;
    }

    /** Returns what the checks of a dialect are called. */
    public static List<String> of(Dialect dialect) {
        return Stream.of(values()).filter(check -> check.alone.isEmpty() || check.alone.get() == dialect)
                .map(CheckWord::words).toList();
    }
}
