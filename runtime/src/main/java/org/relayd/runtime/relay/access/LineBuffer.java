package org.relayd.runtime.relay.access;

import java.nio.ByteBuffer;
import java.util.Arrays;

/** Octets of lines in the making, reused from one batch to the next. One thread. */
final class LineBuffer {
    private static final byte[] HEX = {'0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'A', 'B', 'C', 'D', 'E', 'F'};
    /** More is not kept from one batch to the next. */
    private static final int MOST_KEPT = 1 << 20;

    private byte[] octets = new byte[64 * 1024];
    private int length;

    void clear() {
        length = 0;
        if (octets.length > MOST_KEPT) {
            octets = new byte[MOST_KEPT];
        }
    }

    int length() {
        return length;
    }

    /** Returns what was put; valid until the next change. */
    ByteBuffer view() {
        return ByteBuffer.wrap(octets, 0, length);
    }

    LineBuffer octet(int octet) {
        if (length == octets.length) {
            octets = Arrays.copyOf(octets, octets.length * 2);
        }
        octets[length++] = (byte) octet;
        return this;
    }

    /** Puts text that is known to be ASCII. */
    LineBuffer put(String ascii) {
        for (int at = 0; at < ascii.length(); at++) {
            octet(ascii.charAt(at));
        }
        return this;
    }

    /** Puts a number, not negative, in decimal digits. */
    LineBuffer number(long number) {
        if (number >= 10) {
            number(number / 10);
        }
        return octet((int) ('0' + number % 10));
    }

    /** Puts a number with zeros in front. */
    LineBuffer padded(long number, int digits) {
        long factor = 1;
        for (int digit = 1; digit < digits; digit++) {
            factor *= 10;
        }
        for (long rest = factor; rest > 0; rest /= 10) {
            octet((int) ('0' + number / rest % 10));
        }
        return this;
    }

    /** Puts the low eight bits as two digits. */
    LineBuffer hex(int octet) {
        return octet(HEX[octet >> 4 & 15]).octet(HEX[octet & 15]);
    }
}
