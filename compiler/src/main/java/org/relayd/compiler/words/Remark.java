package org.relayd.compiler.words;

import java.util.Optional;

/**
 * What messages say about a keyword.
 *
 * @param instead
 *            what the other dialect says
 * @param followedBy
 *            what a string that follows the keyword is, with its article
 * @param ofAllAges
 *            whether both dialects read it, reserved or not, because it belongs to releases between them
 */
record Remark(Optional<String> instead, Optional<String> followedBy, boolean ofAllAges) {
    static final Remark NONE = new Remark(Optional.empty(), Optional.empty(), false);

    static Remark elsewhere(String words) {
        return new Remark(Optional.of(words), Optional.empty(), false);
    }

    static Remark before(String kind) {
        return new Remark(Optional.empty(), Optional.of(kind), false);
    }

    Remark ofEveryAge() {
        return new Remark(instead, followedBy, true);
    }
}
