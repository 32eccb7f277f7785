package org.relayd.runtime.relay.tls;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import org.relayd.ir.tls.TlsOffer;
import org.relayd.runtime.tls.OctetString;
import org.relayd.runtime.tls.PeerVerifier;

/**
 * What sessions of TLS belong to: a relay by its name, with what it asks of clients. It is the same after a reload that
 * changes certificates only, and another one as soon as clients are verified by others: who was let in before has to
 * show a certificate again.
 */
final class SessionContext {
    private SessionContext() {}

    /**
     * Returns 32 octets that tell it.
     *
     * @param relay
     *            name of the relay
     */
    static OctetString of(String relay, TlsOffer offer, Optional<PeerVerifier> clients) {
        MessageDigest digest = Digests.sha256();
        String versions = offer.versions().stream().sorted().toList().toString();
        for (String part : List.of(relay, versions, offer.cipherText(), offer.groups().toString())) {
            digest.update((part.length() + " " + part).getBytes(StandardCharsets.UTF_8));
        }
        for (X509Certificate authority : clients.map(PeerVerifier::authorities).orElse(List.of())) {
            digest.update(encoded(authority));
        }
        return new OctetString(digest.digest());
    }

    private static byte[] encoded(X509Certificate certificate) {
        try {
            return certificate.getEncoded();
        } catch (CertificateEncodingException impossible) {
            throw new IllegalStateException("it was read from octets", impossible);
        }
    }
}
