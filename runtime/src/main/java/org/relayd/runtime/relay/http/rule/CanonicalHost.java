package org.relayd.runtime.relay.http.rule;

import java.util.Locale;
import java.util.Optional;
import org.relayd.ir.net.IpAddress;

/**
 * The form of a Host value in which URLs are looked up: numeric addresses as the system prints them, names in small
 * letters without dots that say nothing. The port stays.
 */
public final class CanonicalHost {
    private CanonicalHost() {}

    /**
     * Canonicalises a Host value.
     *
     * @return empty if nothing is left
     */
    public static Optional<String> of(String host) {
        Optional<IpAddress> numeric = IpAddress.parse(host);
        if (numeric.isPresent()) {
            return Optional.of(numeric.get().toString());
        }
        StringBuilder name = new StringBuilder(host.length());
        for (char c : host.toLowerCase(Locale.ROOT).toCharArray()) {
            boolean idle = c == '.' && (name.isEmpty() || name.charAt(name.length() - 1) == '.');
            if (!idle) {
                name.append(c);
            }
        }
        if (!name.isEmpty() && name.charAt(name.length() - 1) == '.') {
            name.setLength(name.length() - 1);
        }
        return name.isEmpty() ? Optional.empty() : Optional.of(name.toString());
    }
}
