package org.relayd.ir.term;

import java.util.Optional;

/** A value that relayd.conf(5) writes as one word. */
public interface Word {

    /** Returns the word of relayd.conf(5). */
    String word();

    /** Returns the value that a word stands for; empty if it is the word of none. */
    static <W extends Word> Optional<W> of(W[] values, String word) {
        for (W value : values) {
            if (value.word().equals(word)) {
                return Optional.of(value);
            }
        }
        return Optional.empty();
    }
}
