package org.relayd.ir.config;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * Key of the hashing modes. Without one, a random key is made at each start.
 *
 * @param text
 *            as written
 * @param literal
 *            whether the text is {@code 0x} and 32 hex digits that are the key itself; otherwise
 *            the key is the text's MD5
 */
public record HashKey(String text, boolean literal) {

    /** Returns the key as 16 bytes, the leftmost digits first. */
    public byte[] bytes() {
        return literal ? HexFormat.of().parseHex(text, 2, text.length()) : md5(text);
    }

    private static byte[] md5(String text) {
        try {
            return MessageDigest.getInstance("MD5").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException everyJdkHasIt) {
            throw new IllegalStateException(everyJdkHasIt);
        }
    }
}
