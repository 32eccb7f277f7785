package org.relayd.ir.pattern;

import java.util.Arrays;

/**
 * A set of byte values: one character, a class such as {@code %a}, or a set such as {@code [a-z_]}.
 * Filled once, then only asked.
 */
final class ByteClass {
    private static final String LETTERS = "acdglpsuwx";
    private final boolean[] members;

    private ByteClass(boolean[] members) {
        this.members = members;
    }

    static ByteClass single(int value) {
        boolean[] members = new boolean[256];
        members[value] = true;
        return new ByteClass(members);
    }

    static ByteClass none() {
        return new ByteClass(new boolean[256]);
    }

    static ByteClass any() {
        boolean[] members = new boolean[256];
        Arrays.fill(members, true);
        return new ByteClass(members);
    }

    /** Returns the class after a percent sign; for a byte that names no class, that byte itself. */
    static ByteClass escaped(int letter) {
        int lower = letter >= 'A' && letter <= 'Z' ? letter + 32 : letter;
        if (LETTERS.indexOf(lower) < 0) {
            return single(letter);
        }
        boolean[] members = new boolean[256];
        for (int value = 0; value < 256; value++) {
            members[value] = named(lower, value) == (lower == letter);
        }
        return new ByteClass(members);
    }

    // The classes of ctype(3) in the C locale.
    private static boolean named(int letter, int c) {
        boolean upper = c >= 'A' && c <= 'Z';
        boolean lower = c >= 'a' && c <= 'z';
        boolean digit = c >= '0' && c <= '9';
        boolean graph = c > 32 && c < 127;
        return switch (letter) {
            case 'a' -> upper || lower;
            case 'c' -> c < 32 || c == 127;
            case 'd' -> digit;
            case 'g' -> graph;
            case 'l' -> lower;
            case 'p' -> graph && !upper && !lower && !digit;
            case 's' -> c == ' ' || (c >= 9 && c <= 13);
            case 'u' -> upper;
            case 'w' -> upper || lower || digit;
            default -> digit || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
        };
    }

    void addRange(int first, int last) {
        for (int value = first; value <= last; value++) {
            members[value] = true;
        }
    }

    void addAll(ByteClass other) {
        for (int value = 0; value < 256; value++) {
            members[value] |= other.members[value];
        }
    }

    /** Adds the other case of each ASCII letter in the set. */
    void addOtherCase() {
        for (int upper = 'A'; upper <= 'Z'; upper++) {
            boolean either = members[upper] || members[upper + 32];
            members[upper] = either;
            members[upper + 32] = either;
        }
    }

    void complement() {
        for (int value = 0; value < 256; value++) {
            members[value] = !members[value];
        }
    }

    boolean contains(byte value) {
        return members[value & 0xff];
    }
}
