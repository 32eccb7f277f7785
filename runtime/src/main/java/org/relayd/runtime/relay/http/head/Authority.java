package org.relayd.runtime.relay.http.head;

import java.util.Locale;

/**
 * The form of an authority without user information: a host and perhaps a port (RFC 3986 3.2.2 and 3.2.3,
 * RFC 9110 7.2). Percent-encoded octets and commas are left out of names: no host has them, and programs
 * differ on what they mean.
 */
final class Authority {
    private static final boolean[] NAME = table(
            "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ-._~!$&'()*+;=");
    private static final boolean[] LITERAL = table("0123456789abcdefABCDEF:.");
    private static final int LAST_PORT = 65_535;
    private static final byte[] NO_PORT = {};
    private static final byte[] HTTP_PORT = Octets.of("80");
    private static final byte[] HTTPS_PORT = Octets.of("443");

    private Authority() {}

    private static boolean[] table(String characters) {
        boolean[] table = new boolean[256];
        for (byte octet : Octets.of(characters)) {
            table[octet] = true;
        }
        return table;
    }

    /** Returns whether it is a host, alone or with a port, which may be empty. */
    static boolean isValid(byte[] octets, int at, int length) {
        int end = at + length;
        int hostEnd = hostEnd(octets, at, end);
        return hostEnd > at && (hostEnd == end || (octets[hostEnd] == ':' && isPort(octets, hostEnd + 1, end)));
    }

    /** Returns whether it is a host with a port that is not empty. */
    static boolean isValidWithPort(byte[] octets, int at, int length) {
        int hostEnd = hostEnd(octets, at, at + length);
        return isValid(octets, at, length) && hostEnd + 1 < at + length;
    }

    /** Returns the port that a scheme means where none is written (RFC 9110 4.2, RFC 6455 3); empty for none. */
    static byte[] defaultPort(byte[] octets, int at, int length) {
        return switch (Octets.text(octets, at, length).toLowerCase(Locale.ROOT)) {
            case "http", "ws" -> HTTP_PORT;
            case "https", "wss" -> HTTPS_PORT;
            default -> NO_PORT;
        };
    }

    /**
     * Returns the length of a valid authority without its port, if that is empty or the default; else its whole length.
     * A port with zeros in front is another one.
     */
    static int lengthWithoutPort(byte[] octets, int at, int length, byte[] defaultPort) {
        int hostEnd = hostEnd(octets, at, at + length);
        int portLength = at + length - hostEnd - 1;
        boolean idle = portLength == 0
                || Octets.equalsIgnoringCase(octets, hostEnd + 1, portLength, defaultPort);
        return idle ? hostEnd - at : length;
    }

    /** Returns the index after the name or the address in brackets; {@code at} if there is neither. */
    private static int hostEnd(byte[] octets, int at, int end) {
        boolean literal = at < end && octets[at] == '[';
        boolean[] allowed = literal ? LITERAL : NAME;
        int i = literal ? at + 1 : at;
        while (i < end && allowed[octets[i] & 0xff]) {
            i++;
        }
        if (!literal) {
            return i;
        }
        return i < end && i > at + 1 && octets[i] == ']' ? i + 1 : at;
    }

    private static boolean isPort(byte[] octets, int at, int end) {
        int port = 0;
        for (int i = at; i < end; i++) {
            int digit = octets[i] - '0';
            if (digit < 0 || digit > 9 || port > LAST_PORT) {
                return false;
            }
            port = port * 10 + digit;
        }
        return port <= LAST_PORT;
    }
}
