package org.relayd.main.scenario;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How octets are written in scenario files: {@code \r \n \t \s \\ \xHH}, and {@code {TEXT*N}} for
 * a text that is repeated.
 */
final class Escapes {
    private static final Pattern REPEATED = Pattern.compile("\\{([^{}*]+)\\*(\\d+)\\}");

    private Escapes() {}

    /** A port as two octets in network order, written as {@code \\xHH\\xHH}. */
    static String encodePort(int port) {
        return String.format(Locale.ROOT, "\\x%02x\\x%02x", port >> Byte.SIZE, port & 0xff);
    }

    /** Every octet as {@code \\xHH}. */
    static String encodeOctets(String octets) {
        StringBuilder written = new StringBuilder();
        for (int i = 0; i < octets.length(); i++) {
            written.append(String.format(Locale.ROOT, "\\x%02x", (int) octets.charAt(i)));
        }
        return written.toString();
    }

    /** Octets that are given as ISO 8859-1, as they are written in a file; nothing is abbreviated. */
    static String encode(String octets) {
        StringBuilder written = new StringBuilder();
        for (int i = 0; i < octets.length(); i++) {
            char octet = octets.charAt(i);
            switch (octet) {
                case '\r' -> written.append("\\r");
                case '\n' -> written.append("\\n");
                case '\t' -> written.append("\\t");
                case '\\' -> written.append("\\\\");
                default -> written.append(
                        octet < ' ' || octet > '~' ? String.format(Locale.ROOT, "\\x%02x", (int) octet) : octet);
            }
        }
        return written.toString();
    }

    /** The octets as ISO 8859-1. */
    static String decode(String written) {
        String repeated = REPEATED.matcher(written)
                .replaceAll(found -> Matcher.quoteReplacement(found.group(1).repeat(Integer.parseInt(found.group(2)))));
        StringBuilder octets = new StringBuilder();
        for (int i = 0; i < repeated.length(); i++) {
            char character = repeated.charAt(i);
            if (character != '\\') {
                octets.append(character);
            } else {
                i++;
                switch (repeated.charAt(i)) {
                    case 'r' -> octets.append('\r');
                    case 'n' -> octets.append('\n');
                    case 't' -> octets.append('\t');
                    case 's' -> octets.append(' ');
                    case '\\' -> octets.append('\\');
                    case 'x' -> {
                        octets.append((char) Integer.parseInt(repeated.substring(i + 1, i + 3), 16));
                        i += 2;
                    }
                    default -> throw new IllegalArgumentException("unknown escape in: " + written);
                }
            }
        }
        return octets.toString();
    }
}
