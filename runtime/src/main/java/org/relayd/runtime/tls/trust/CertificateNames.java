package org.relayd.runtime.tls.trust;

import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.relayd.ir.net.IpAddress;

/**
 * The host names and addresses that a certificate is for: its alternative names and nothing else (RFC 9525, 2 and 6.3).
 *
 * @param hosts
 *            in lower case; the left-most label may be {@code *}
 * @param addresses
 *            addresses
 */
public record CertificateNames(List<String> hosts, List<IpAddress> addresses) {
    private static final int HOST = 2;
    private static final int ADDRESS = 7;
    private static final int LONGEST_SHOWN = 64;

    /** Copies the lists. */
    public CertificateNames {
        hosts = List.copyOf(hosts);
        addresses = List.copyOf(addresses);
    }

    /**
     * Reads them from a certificate.
     *
     * @throws CertificateException
     *             if they cannot be read
     */
    public static CertificateNames of(X509Certificate certificate) throws CertificateException {
        List<String> hosts = new ArrayList<>();
        List<IpAddress> addresses = new ArrayList<>();
        Collection<List<?>> names = Optional.ofNullable(certificate.getSubjectAlternativeNames()).orElse(List.of());
        for (List<?> name : names) {
            if (name.get(0).equals(HOST)) {
                hosts.add(name.get(1).toString().toLowerCase(Locale.ROOT));
            } else if (name.get(0).equals(ADDRESS)) {
                IpAddress.parse(name.get(1).toString()).ifPresent(addresses::add);
            }
        }
        return new CertificateNames(hosts, addresses);
    }

    /**
     * Returns whether they cover a name.
     *
     * @param name
     *            host name in any case, with or without a last dot, or an address
     */
    public boolean cover(String name) {
        Optional<IpAddress> address = IpAddress.parse(name);
        if (address.isPresent()) {
            return addresses.contains(address.get());
        }
        String wanted = name.toLowerCase(Locale.ROOT);
        String host = wanted.endsWith(".") ? wanted.substring(0, wanted.length() - 1) : wanted;
        return !host.isEmpty() && hosts.stream().anyMatch(pattern -> covers(pattern, host));
    }

    /** A wildcard stands for one whole label, and not for all of a top-level domain. */
    private static boolean covers(String pattern, String host) {
        if (!pattern.startsWith("*.")) {
            return pattern.equals(host);
        }
        String rest = pattern.substring(1);
        int dot = host.indexOf('.');
        return dot > 0 && rest.indexOf('.', 1) > 0 && rest.indexOf('*') < 0 && host.substring(dot).equals(rest);
    }

    /** Returns the first name for the log: printable and short; empty if there is none. */
    Optional<String> shown() {
        return hosts.stream().findFirst().or(() -> addresses.stream().findFirst().map(IpAddress::toString))
                .map(name -> name.replaceAll("[^-._*:0-9a-z]", "?"))
                .map(name -> name.length() <= LONGEST_SHOWN ? name : name.substring(0, LONGEST_SHOWN) + "...");
    }
}
