package org.relayd.runtime.relay.http.head;

import java.util.Arrays;

/**
 * A header field name to look for; equal whatever the case of its letters (RFC 9110 5.1).
 *
 * <p>
 * The first eight octets, small letters, make its {@link #key}: most names differ there, so that a search compares one
 * number for each field.
 */
public final class FieldName {
    /** RFC 9110 7.2. */
    public static final FieldName HOST = of("Host");
    /** RFC 9110 7.6.1. */
    public static final FieldName CONNECTION = of("Connection");
    /** RFC 9110 7.8. */
    public static final FieldName UPGRADE = of("Upgrade");
    /** RFC 9110 8.6. */
    public static final FieldName CONTENT_LENGTH = of("Content-Length");
    /** RFC 9112 6.1. */
    public static final FieldName TRANSFER_ENCODING = of("Transfer-Encoding");
    /** RFC 9110 11.6.2. */
    public static final FieldName AUTHORIZATION = of("Authorization");
    /** RFC 6265 4.2. */
    public static final FieldName COOKIE = of("Cookie");
    /** RFC 6265 4.1. */
    public static final FieldName SET_COOKIE = of("Set-Cookie");

    private final byte[] written;
    private final byte[] lower;
    private final long key;

    private FieldName(String name) {
        written = Octets.written(name);
        lower = Octets.lowered(written);
        key = keyOf(lower, 0, lower.length);
    }

    /** Returns a name in the spelling in which it will be written when a field of this name is added. */
    public static FieldName of(String name) {
        return new FieldName(name);
    }

    /** Returns the octets as written. Not to be changed. */
    public byte[] octets() {
        return written;
    }

    /** Returns the number of octets. */
    public int length() {
        return lower.length;
    }

    /** Returns the first eight octets in small letters, first octet highest, zeros after a shorter name. */
    public long key() {
        return key;
    }

    /** Returns eight octets in small letters, the first one highest; zeros where the name is shorter. */
    long word(int word) {
        return keyOf(lower, word * Long.BYTES, lower.length - word * Long.BYTES);
    }

    /** Returns whether the octets of a range, already known to have this key and length, are this name. */
    boolean matchesAfterKey(byte[] octets, int at) {
        return Octets.startsIgnoringCase(octets, at, lower, Math.min(Long.BYTES, lower.length));
    }

    /** Returns whether a range of octets is this name. */
    public boolean is(byte[] octets, int at, int length) {
        return Octets.equalsIgnoringCase(octets, at, length, lower);
    }

    /** Returns the key of any range of octets; 0 if it has none. */
    public static long keyOf(byte[] octets, int at, int length) {
        return length >= Long.BYTES ? Octets.lowerWord(octets, at) : length <= 0 ? 0 : shortKey(octets, at, length);
    }

    private static long shortKey(byte[] octets, int at, int length) {
        int unused = Byte.SIZE * (Long.BYTES - length);
        if (at + Long.BYTES <= octets.length) {
            return Octets.lowerWord(octets, at) & -1L << unused;
        }
        long key = 0;
        for (int i = at; i < at + length; i++) {
            key = key << Byte.SIZE | (Octets.lower(octets[i]) & 0xff);
        }
        return key << unused;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof FieldName name && Arrays.equals(lower, name.lower);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(lower);
    }

    @Override
    public String toString() {
        return Octets.text(written, 0, written.length);
    }
}
