package org.relayd.ir.config;

import java.util.Optional;
import org.relayd.ir.term.DigestAlgorithm;

/**
 * Expected hash of a text.
 *
 * @param algorithm
 *            told from the length of the text
 * @param text
 *            hex digits as written
 */
public record Digest(DigestAlgorithm algorithm, String text) {

    /**
     * Reads a digest; empty if the text has neither 40 nor 32 characters. That they are hex digits is not asked for.
     */
    public static Optional<Digest> of(String text) {
        return switch (text.length()) {
            case 40 -> Optional.of(new Digest(DigestAlgorithm.SHA1, text));
            case 32 -> Optional.of(new Digest(DigestAlgorithm.MD5, text));
            default -> Optional.empty();
        };
    }

    /** Returns whether all characters are hexadecimal digits; with others, no text has this hash. */
    public boolean isHexadecimal() {
        return text.chars().allMatch(c -> c < 128 && Character.digit(c, 16) >= 0);
    }
}
