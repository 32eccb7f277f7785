package org.relayd.runtime.relay.http.rule;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.relayd.ir.term.DigestAlgorithm;

/** Digests of URLs, so that a list of addresses can be used without being readable. */
public final class UrlDigest {
    private UrlDigest() {}

    /** Returns the digest of a text in hexadecimal digits, small letters. */
    public static String of(DigestAlgorithm algorithm, String text) {
        String name = switch (algorithm) {
            case SHA1 -> "SHA-1";
            case MD5 -> "MD5";
        };
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance(name).digest(text.getBytes(StandardCharsets.ISO_8859_1)));
        } catch (NoSuchAlgorithmException missing) {
            throw new IllegalStateException("every JDK has " + name, missing);
        }
    }
}
