package org.relayd.ir.net;

import java.util.Arrays;

/** Text forms of addresses: RFC 4291 section 2.2 for reading, RFC 5952 (as inet_ntop(3) prints it) for writing. */
final class IpText {
    private IpText() {}

    /**
     * Returns the 4 bytes of a dotted address, or null if the text is none: {@code 10.1} and {@code 10.0.0.01} are not.
     */
    static byte[] parseInet(String text) {
        byte[] bytes = new byte[4];
        int part = 0;
        int value = 0;
        int digits = 0;
        for (int i = 0; i <= text.length(); i++) {
            char c = i < text.length() ? text.charAt(i) : '.';
            if (c == '.') {
                if (digits == 0 || part == 4) {
                    return null;
                }
                bytes[part++] = (byte) value;
                value = 0;
                digits = 0;
            } else if (c >= '0' && c <= '9' && (digits == 0 || value != 0)) {
                value = value * 10 + c - '0';
                digits++;
                if (value > 255) {
                    return null;
                }
            } else {
                return null;
            }
        }
        return part == 4 ? bytes : null;
    }

    /** Returns the 16 bytes of an IPv6 address without scope, or null if the text is none. */
    static byte[] parseInet6(String text) {
        int gap = text.indexOf("::");
        if (gap >= 0 && text.indexOf("::", gap + 1) >= 0) {
            return null;
        }
        byte[] head = groups(gap < 0 ? text : text.substring(0, gap), gap < 0);
        byte[] tail = gap < 0 ? new byte[0] : groups(text.substring(gap + 2), true);
        if (head == null || tail == null || (gap < 0 ? head.length != 16 : head.length + tail.length > 14)) {
            return null;
        }
        byte[] bytes = Arrays.copyOf(head, 16);
        System.arraycopy(tail, 0, bytes, 16 - tail.length, tail.length);
        return bytes;
    }

    private static byte[] groups(String text, boolean mayEndDotted) {
        if (text.isEmpty()) {
            return new byte[0];
        }
        String[] parts = text.split(":", -1);
        if (parts.length > 8) {
            return null;
        }
        byte[] bytes = new byte[18];
        int length = 0;
        for (int i = 0; i < parts.length; i++) {
            if (mayEndDotted && i == parts.length - 1 && parts[i].indexOf('.') >= 0) {
                byte[] four = parseInet(parts[i]);
                if (four == null || length > 12) {
                    return null;
                }
                System.arraycopy(four, 0, bytes, length, 4);
                length += 4;
            } else {
                int group = group(parts[i]);
                if (group < 0) {
                    return null;
                }
                bytes[length++] = (byte) (group >> 8);
                bytes[length++] = (byte) group;
            }
        }
        return Arrays.copyOf(bytes, length);
    }

    private static int group(String part) {
        if (part.isEmpty() || part.length() > 4) {
            return -1;
        }
        int value = 0;
        for (int i = 0; i < part.length(); i++) {
            int digit = part.charAt(i) < 128 ? Character.digit(part.charAt(i), 16) : -1;
            if (digit < 0) {
                return -1;
            }
            value = (value << 4) | digit;
        }
        return value;
    }

    static String printInet(byte[] bytes, int from) {
        return (bytes[from] & 0xff) + "." + (bytes[from + 1] & 0xff) + "." + (bytes[from + 2] & 0xff) + "."
                + (bytes[from + 3] & 0xff);
    }

    static String printInet6(byte[] bytes) {
        int[] words = new int[8];
        for (int i = 0; i < 8; i++) {
            words[i] = ((bytes[2 * i] & 0xff) << 8) | (bytes[2 * i + 1] & 0xff);
        }
        int gap = -1;
        int gapLength = 1;
        for (int i = 0, run = 0; i < 8; i++) {
            run = words[i] == 0 ? run + 1 : 0;
            if (run > gapLength) {
                gapLength = run;
                gap = i - run + 1;
            }
        }
        boolean dotted = gap == 0 && (gapLength == 6 || (gapLength == 5 && words[5] == 0xffff));
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < (dotted ? 6 : 8); i++) {
            if (i == gap) {
                text.append("::");
                i += gapLength - 1;
            } else {
                text.append(i == 0 || text.charAt(text.length() - 1) == ':' ? "" : ":")
                        .append(Integer.toHexString(words[i]));
            }
        }
        if (dotted) {
            text.append(text.charAt(text.length() - 1) == ':' ? "" : ":").append(printInet(bytes, 12));
        }
        return text.toString();
    }
}
