package org.relayd.ir.tls;

import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.relayd.ir.config.TlsSettings;
import org.relayd.ir.term.TlsVersion;

/**
 * What settings come to: what is offered to the other end of a connection.
 *
 * @param versions
 *            of {@code TLSV1_0} to {@code TLSV1_3}; those below 1.3 only if there is a suite for them; may be empty
 * @param suites
 *            cipher suites for versions below 1.3, best first
 * @param groups
 *            for key exchange, best first; empty for the library's choice
 */
public record TlsOffer(Set<TlsVersion> versions, List<CipherSuite> suites, List<KeyGroup> groups) {
    private static final Pattern GROUP_SEPARATOR = Pattern.compile("[,:]");

    /** Copies the collections. */
    public TlsOffer {
        versions = Set.copyOf(versions);
        suites = List.copyOf(suites);
        groups = List.copyOf(groups);
    }

    /** Returns what settings come to; what they ask for in vain is left out. */
    public static TlsOffer of(TlsSettings settings) {
        List<CipherSuite> suites = CipherList.read(settings.ciphers()).suites();
        Set<TlsVersion> versions = spoken(settings.versions());
        if (suites.isEmpty()) {
            versions.retainAll(Set.of(TlsVersion.TLSV1_3));
        }
        return new TlsOffer(versions, suites, groups(settings.ecdhe()));
    }

    /** Returns the suites as a list that BoringSSL reads, each by its name; empty if there are none. */
    public String cipherText() {
        return new CipherList(suites, List.of()).text();
    }

    /** Returns the versions that words stand for: SSL 2 and 3 are gone, and what 5.1 calls TLS is the TLS of today. */
    private static Set<TlsVersion> spoken(List<TlsVersion> words) {
        Set<TlsVersion> spoken = EnumSet.noneOf(TlsVersion.class);
        for (TlsVersion word : words) {
            switch (word) {
                case SSLV2, SSLV3 -> {
                    // Nobody speaks them any more.
                }
                case TLSV1 -> spoken.addAll(Set.of(TlsVersion.TLSV1_2, TlsVersion.TLSV1_3));
                case TLSV1_0, TLSV1_1, TLSV1_2, TLSV1_3 -> spoken.add(word);
            }
        }
        return spoken;
    }

    private static List<KeyGroup> groups(String ecdhe) {
        return GROUP_SEPARATOR.splitAsStream(ecdhe).map(String::strip).map(KeyGroup::named).flatMap(Optional::stream)
                .filter(KeyGroup::isOffered).distinct().toList();
    }
}
