package org.relayd.compiler.source;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An address as browsers have it, which is no address of relayd.conf(5).
 *
 * @param host
 *            name or address
 * @param port
 *            number, or name of the service
 * @param secure
 *            whether TLS is spoken
 */
public record PageAddress(String host, String port, boolean secure) {
    private static final Pattern PAGE = Pattern.compile("(https?)://([A-Za-z0-9.-]+)(?::([0-9]+))?");

    /** Returns the address that begins at an offset of a text, if one does. */
    public static Optional<PageAddress> at(String text, int offset) {
        Matcher page = PAGE.matcher(text).region(offset, text.length());
        return page.lookingAt()
                ? Optional.of(new PageAddress(page.group(2), page.group(3) == null ? page.group(1) : page.group(3),
                        page.group(1).equals("https")))
                : Optional.empty();
    }
}
