package org.relayd.runtime.relay.http.head;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * Classes of octets in HTTP/1.x heads (RFC 9110 5.6.2, RFC 9112 3.2) and comparisons that ignore the case of ASCII
 * letters. Pure functions; any thread.
 */
public final class Octets {
    /** Eight octets as a word, the first one highest. */
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
    private static final long ONES = 0x0101010101010101L;
    private static final long TOPS = 0x8080808080808080L;

    /** Lower-case form of every octet that may stand in a token; 0 for all others. */
    private static final byte[] TOKEN = tokenTable();

    private Octets() {}

    private static byte[] tokenTable() {
        byte[] table = new byte[256];
        for (char c : "!#$%&'*+-.^_`|~0123456789abcdefghijklmnopqrstuvwxyz".toCharArray()) {
            table[c] = (byte) c;
        }
        for (char c = 'A'; c <= 'Z'; c++) {
            table[c] = (byte) (c + 32);
        }
        return table;
    }

    /**
     * Returns the lower-case form of a token octet.
     *
     * @return 0 if the octet may not stand in a token
     */
    public static int token(byte octet) {
        return TOKEN[octet & 0xff];
    }

    /** Returns the octet with an ASCII capital letter made small. */
    public static int lower(byte octet) {
        return octet >= 'A' && octet <= 'Z' ? octet + 32 : octet;
    }

    /** Returns a copy with ASCII capital letters made small. */
    public static byte[] lowered(byte[] octets) {
        byte[] copy = octets.clone();
        for (int i = 0; i < copy.length; i++) {
            copy[i] = (byte) lower(copy[i]);
        }
        return copy;
    }

    /** Returns eight octets from {@code at} on, the first one highest, with ASCII capital letters made small. */
    static long lowerWord(byte[] octets, int at) {
        long word = (long) LONGS.get(octets, at);
        long sevenBits = word & ~TOPS;
        long fromA = sevenBits + (0x80 - 'A') * ONES;
        long behindZ = sevenBits + (0x80 - 'Z' - 1) * ONES;
        long capitals = fromA & ~behindZ & ~word & TOPS;
        return word | capitals >>> 2;
    }

    /** Returns a word with a hyphen for each underscore. */
    static long hyphenated(long word) {
        long others = word ^ '_' * ONES;
        long underscores = ~(((others & ~TOPS) + ~TOPS) | others) & TOPS;
        return word - (underscores >>> 7) * ('_' - '-');
    }

    /**
     * Returns whether an octet may stand in a request target here: visible US-ASCII but {@code #}, which belongs to the
     * client alone (RFC 9112 3.2).
     */
    static boolean isTarget(byte octet) {
        return octet > ' ' && octet != 0x7f && octet != '#';
    }

    /** Returns whether an octet is SP or HTAB, the optional white space of RFC 9110 5.6.3. */
    public static boolean isBlank(byte octet) {
        return octet == ' ' || octet == '\t';
    }

    /** Returns the index of the first octet from {@code at} on that is no blank; {@code end} if there is none. */
    public static int skipBlanks(byte[] octets, int at, int end) {
        int i = at;
        while (i < end && isBlank(octets[i])) {
            i++;
        }
        return i;
    }

    /** Returns the end of {@code octets[at, end)} without the blanks in front of it. */
    public static int trimBlanks(byte[] octets, int at, int end) {
        int i = end;
        while (i > at && isBlank(octets[i - 1])) {
            i--;
        }
        return i;
    }

    /**
     * Returns where the text of a line ends: the first octet from {@code at} on that is a control other than HTAB.
     *
     * <p>
     * Looks at eight octets at a time; Hacker's Delight, 6-1, has the test for a small byte in a word.
     *
     * @return an index in {@code at..end}; {@code end} if there is no control
     */
    static int endOfText(byte[] octets, int at, int end) {
        int i = at;
        while (true) {
            while (i + Long.BYTES <= end) {
                long word = (long) LONGS.get(octets, i);
                long deletes = word ^ 0x7f * ONES;
                long small = ((word - ' ' * ONES) & ~word) | ((deletes - ONES) & ~deletes);
                if ((small & TOPS) != 0) {
                    break;
                }
                i += Long.BYTES;
            }
            int stop = Math.min(end, i + Long.BYTES);
            while (i < stop && isText(octets[i])) {
                i++;
            }
            if (i < stop || i == end) {
                return i;
            }
        }
    }

    private static boolean isText(byte octet) {
        return octet >= ' ' ? octet != 0x7f : octet < 0 || octet == '\t';
    }

    /** Returns whether {@code octets[at, at + length)} equals {@code lowerCase}, letters in either case. */
    public static boolean equalsIgnoringCase(byte[] octets, int at, int length, byte[] lowerCase) {
        return length == lowerCase.length && startsIgnoringCase(octets, at, lowerCase, 0);
    }

    /**
     * Returns whether {@code octets} has from {@code at + from} on the rest of {@code lowerCase} from {@code from} on;
     * the range must lie inside the array.
     */
    static boolean startsIgnoringCase(byte[] octets, int at, byte[] lowerCase, int from) {
        for (int i = from; i < lowerCase.length; i++) {
            if (lower(octets[at + i]) != lowerCase[i]) {
                return false;
            }
        }
        return true;
    }

    /** Returns the index of an octet from {@code at} on; {@code end} if it is not there. */
    static int indexOf(byte[] octets, int at, int end, char octet) {
        int i = at;
        while (i < end && octets[i] != octet) {
            i++;
        }
        return i;
    }

    /** Returns whether two ranges of the same octets are equal, letters in either case. */
    static boolean sameIgnoringCase(byte[] octets, int at, int other, int length) {
        int i = 0;
        while (i < length && lower(octets[at + i]) == lower(octets[other + i])) {
            i++;
        }
        return i == length;
    }

    /** Returns the octets of a text that somebody wrote into a configuration (UTF-8). */
    public static byte[] written(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** Returns the octets of a text of the network, one for each character (ISO 8859-1). */
    public static byte[] of(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    /**
     * Returns the text of some octets of the network, one character for each (ISO 8859-1): for texts that are compared
     * or become octets again.
     */
    public static String text(byte[] octets, int at, int length) {
        return new String(octets, at, length, StandardCharsets.ISO_8859_1);
    }
}
