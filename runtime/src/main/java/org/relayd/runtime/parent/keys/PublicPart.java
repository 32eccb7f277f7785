package org.relayd.runtime.parent.keys;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.regex.Pattern;

/** What a worker may know of a file of certificates: all but the private keys, which may stand in the same file. */
final class PublicPart {
    /** A block of PEM, or what is left of one whose end is missing. RFC 7468, and the older names of OpenSSL. */
    private static final Pattern KEY = Pattern
            .compile("-----BEGIN [^\n-]*PRIVATE KEY.*?(?:-----END [^\n-]*PRIVATE KEY-----\r?\n?|\\z)", Pattern.DOTALL);
    private static final byte[] MARK = "PRIVATE KEY".getBytes(StandardCharsets.US_ASCII);

    private PublicPart() {}

    /**
     * Returns it.
     *
     * @param file
     *            the whole file; wiped if it holds a key
     */
    static byte[] of(byte[] file) {
        if (!holdsMark(file)) {
            return file;
        }
        byte[] part = KEY.matcher(new String(file, StandardCharsets.ISO_8859_1)).replaceAll("")
                .getBytes(StandardCharsets.ISO_8859_1);
        Arrays.fill(file, (byte) 0);
        return part;
    }

    private static boolean holdsMark(byte[] file) {
        for (int at = 0; at + MARK.length <= file.length; at++) {
            if (Arrays.equals(file, at, at + MARK.length, MARK, 0, MARK.length)) {
                return true;
            }
        }
        return false;
    }
}
