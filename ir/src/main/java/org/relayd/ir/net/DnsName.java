package org.relayd.ir.net;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A name that can be asked for in DNS: labels of letters, digits, hyphens and underscores, with or without the dot of
 * the root at the end (RFC 1035 2.3.1, RFC 2181 11).
 *
 * @param text
 *            as written
 */
public record DnsName(String text) {
    private static final Pattern LABELS = Pattern.compile("(?:[A-Za-z0-9_-]{1,63}\\.)*[A-Za-z0-9_-]{1,63}\\.?");
    /** Octets of a name in a message are 255 at most, of which the first length and the root take two. */
    private static final int LONGEST = 253;

    /**
     * Creates a name.
     *
     * @throws IllegalArgumentException
     *             if the text is none
     */
    public DnsName {
        if (!isName(text)) {
            throw new IllegalArgumentException("no name of DNS: " + text);
        }
    }

    /** Reads a name; empty if the text is none. */
    public static Optional<DnsName> parse(String text) {
        return isName(text) ? Optional.of(new DnsName(text)) : Optional.empty();
    }

    private static boolean isName(String text) {
        return text.length() <= (text.endsWith(".") ? LONGEST + 1 : LONGEST) && LABELS.matcher(text).matches();
    }

    /** Returns the labels, the root not among them. */
    public List<String> labels() {
        return List.of(text.split("\\."));
    }
}
