package org.relayd.runtime.relay.http.rule;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import org.relayd.runtime.relay.http.head.Octets;

/**
 * Texts of messages in lines of the log: UTF-8 becomes characters, each once. Controls, what is not UTF-8, backslashes
 * and the octets that end an entry are written as {@code \\xHH}, as in access logs, so that no message can forge an
 * entry or steer a terminal.
 */
public final class LogText {
    /** What ends the entries of the session line. */
    private static final String ENTRY_ENDS = "]}";
    /** Octets of the longest character in UTF-8. */
    private static final int LONGEST = 4;

    private LogText() {}

    /**
     * Returns a text of the network for an entry of the session line.
     *
     * @param text
     *            one character for each octet
     */
    public static String of(String text) {
        return isPlain(text) ? text : of(Octets.of(text), ENTRY_ENDS);
    }

    /** Returns whether an entry may hold a text as it is, which is so for almost all. */
    private static boolean isPlain(String text) {
        int at = 0;
        while (at < text.length() && isPlain(text.charAt(at), ENTRY_ENDS)) {
            at++;
        }
        return at == text.length();
    }

    private static boolean isPlain(int character, String ends) {
        return character >= ' ' && character < 0x7f && character != '\\' && ends.indexOf(character) < 0;
    }

    /** Returns a text of the configuration for an entry of the session line. */
    public static String ofWritten(String text) {
        return of(Octets.written(text), ENTRY_ENDS);
    }

    /**
     * Returns octets for a line of the log.
     *
     * @param ends
     *            octets that end the text in that line
     */
    public static String of(byte[] octets, String ends) {
        StringBuilder text = new StringBuilder(octets.length);
        int at = 0;
        while (at < octets.length) {
            if (isPlain(octets[at], ends)) {
                text.append((char) octets[at++]);
                continue;
            }
            int length = characterLength(octets, at);
            int end = at + Math.max(length, 1);
            String character = new String(octets, at, end - at, StandardCharsets.UTF_8);
            if (length > 1 && !isControl(character.codePointAt(0))) {
                text.append(character);
            } else {
                for (int i = at; i < end; i++) {
                    text.append(String.format(Locale.ROOT, "\\x%02X", octets[i] & 0xff));
                }
            }
            at = end;
        }
        return text.toString();
    }

    /** Returns the number of octets of the character that begins there; 0 if it is not UTF-8. */
    private static int characterLength(byte[] octets, int at) {
        if (octets[at] >= 0) {
            return 1;
        }
        // The number of ones that the first octet begins with.
        int length = Integer.numberOfLeadingZeros(~octets[at] << (Integer.SIZE - Byte.SIZE));
        if (length < 2 || length > LONGEST || at + length > octets.length) {
            return 0;
        }
        byte[] again = new String(octets, at, length, StandardCharsets.UTF_8).getBytes(StandardCharsets.UTF_8);
        return Arrays.equals(octets, at, at + length, again, 0, again.length) ? length : 0;
    }

    /** Returns whether a character acts on the line or the terminal in place of standing there. */
    private static boolean isControl(int character) {
        return switch (Character.getType(character)) {
            case Character.CONTROL, Character.FORMAT, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR -> true;
            default -> false;
        };
    }
}
