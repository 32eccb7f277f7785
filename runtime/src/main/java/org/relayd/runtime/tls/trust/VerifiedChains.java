package org.relayd.runtime.tls.trust;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.relayd.runtime.tls.OctetString;

/** Chains that were found good, so that the same one is not verified again at once. Bounded. Any thread. */
final class VerifiedChains {
    /** Chains that are remembered: some hundred octets each. */
    static final int MOST = 1024;

    private final Map<OctetString, Instant> goodUntil = new LinkedHashMap<>(16, 0.75f, true);

    /** Returns what tells a chain from others. */
    static OctetString digest(List<X509Certificate> chain) throws CertificateEncodingException {
        MessageDigest digest;
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("every JDK has SHA-256", impossible);
        }
        for (X509Certificate certificate : chain) {
            // Each says its own length, so that no two chains give the same octets.
            digest.update(certificate.getEncoded());
        }
        return new OctetString(digest.digest());
    }

    synchronized boolean isGood(OctetString chain, Instant now) {
        Optional<Instant> until = Optional.ofNullable(goodUntil.get(chain));
        boolean good = until.isPresent() && now.isBefore(until.get());
        if (until.isPresent() && !good) {
            goodUntil.remove(chain);
        }
        return good;
    }

    synchronized void add(OctetString chain, Instant until) {
        goodUntil.put(chain, until);
        if (goodUntil.size() > MOST) {
            goodUntil.remove(goodUntil.keySet().iterator().next());
        }
    }

    synchronized int size() {
        return goodUntil.size();
    }
}
