package org.relayd.runtime.tls.inspect;

import java.io.IOException;
import java.security.cert.X509Certificate;
import java.util.List;
import org.relayd.runtime.tls.TlsException;

/** The authority that clients of an inspecting relay trust. Any thread. */
public final class LeafAuthority implements AutoCloseable {
    private final List<X509Certificate> chain;
    private final AuthorityKey key;
    private final Kind kind;

    /**
     * Takes a certificate and its key.
     *
     * @param chain
     *            the authority's own certificate first, then those above it; never empty
     * @param key
     *            its private key, which is this object's to close from now on
     * @throws TlsException
     *             if the certificate is not that of an authority, or its key neither RSA nor EC; the key is closed then
     */
    public LeafAuthority(List<X509Certificate> chain, AuthorityKey key) throws TlsException {
        this.chain = List.copyOf(chain);
        this.key = key;
        try {
            check(certificate());
            kind = Kind.of(certificate());
        } catch (TlsException refused) {
            key.close();
            throw refused;
        }
    }

    /** What its key is, by the name that Java has for it. */
    enum Kind {
        RSA("SHA256withRSA"), EC("SHA256withECDSA");

        private final String algorithm;

        Kind(String algorithm) {
            this.algorithm = algorithm;
        }

        /** Returns how it signs, in Java's words. */
        String algorithm() {
            return algorithm;
        }

        static Kind of(X509Certificate authority) throws TlsException {
            return switch (authority.getPublicKey().getAlgorithm()) {
                case "RSA" -> RSA;
                case "EC" -> EC;
                default -> throw new TlsException(
                        "keys of an authority are RSA or EC, not " + authority.getPublicKey().getAlgorithm());
            };
        }
    }

    /**
     * Looks whether a certificate is that of an authority.
     *
     * @throws TlsException
     *             if not
     */
    public static void check(X509Certificate certificate) throws TlsException {
        boolean[] usage = certificate.getKeyUsage();
        int maySignCertificates = 5;
        if (certificate.getBasicConstraints() < 0 || (usage != null && !usage[maySignCertificates])) {
            throw new TlsException("the certificate is not that of an authority");
        }
    }

    /**
     * Returns how an authority signs, in Java's words.
     *
     * @throws TlsException
     *             if its key is neither RSA nor EC
     */
    public static String algorithm(X509Certificate authority) throws TlsException {
        return Kind.of(authority).algorithm();
    }

    /** Returns the authority's own certificate. */
    public X509Certificate certificate() {
        return chain.getFirst();
    }

    /**
     * Returns what clients are shown after a leaf: all that leads to a root. The root itself they have or do not trust.
     */
    List<X509Certificate> shown() {
        return chain.stream().filter(one -> !one.getSubjectX500Principal().equals(one.getIssuerX500Principal()))
                .toList();
    }

    /** Returns how it signs, in Java's words. */
    String algorithm() {
        return kind.algorithm();
    }

    /** Signs what is signed of a certificate with {@link #algorithm}; blocks. */
    byte[] sign(byte[] content) throws IOException {
        return key.sign(content);
    }

    /** Lets go of the key: nothing is signed any more. */
    @Override
    public void close() {
        key.close();
    }
}
