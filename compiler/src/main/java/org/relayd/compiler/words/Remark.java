package org.relayd.compiler.words;

import java.util.Optional;

/**
 * What messages say about a keyword.
 *
 * @param instead
 *            what the other dialect says
 * @param followedBy
 *            what a string that follows the keyword is, with its article
 */
record Remark(Optional<String> instead, Optional<String> followedBy) {
    static final Remark NONE = new Remark(Optional.empty(), Optional.empty());

    static Remark elsewhere(String words) {
        return new Remark(Optional.of(words), Optional.empty());
    }

    static Remark before(String kind) {
        return new Remark(Optional.empty(), Optional.of(kind));
    }
}
