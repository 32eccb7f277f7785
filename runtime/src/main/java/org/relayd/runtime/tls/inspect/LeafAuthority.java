package org.relayd.runtime.tls.inspect;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.relayd.runtime.tls.LocalKey;
import org.relayd.runtime.tls.TlsException;
import org.relayd.runtime.tls.pem.CertificateText;
import org.relayd.runtime.tls.pem.KeyText;

/**
 * The authority that clients of an inspecting relay trust. Its key is outside of the Java heap: an object is made of it
 * for each signature, which the garbage collector takes away. Any thread.
 */
public final class LeafAuthority implements AutoCloseable {
    private static final byte[] PROBE = {1, 2, 3, 4};

    private final List<X509Certificate> chain;
    private final LocalKey key;
    private final String keyKind;

    /**
     * Takes a certificate and its key.
     *
     * @param chain
     *            the authority's own certificate first, then those above it; never empty
     * @param key
     *            its private key, which is this object's to close from now on
     * @throws TlsException
     *             if the certificate is not that of an authority, or the key is another one's, or neither RSA nor EC;
     *             the key is closed then
     */
    public LeafAuthority(List<X509Certificate> chain, LocalKey key) throws TlsException {
        this.chain = List.copyOf(chain);
        this.key = key;
        keyKind = certificate().getPublicKey().getAlgorithm();
        try {
            check();
        } catch (TlsException refused) {
            key.close();
            throw refused;
        }
    }

    /**
     * Reads an authority.
     *
     * @param certificates
     *            file of its certificate in PEM, which those above it may follow
     * @param key
     *            file of its key in PEM, encrypted or not; the octets are wiped
     * @param password
     *            what the key is encrypted with, if it is
     * @throws TlsException
     *             if one of them is no good; the message begins with the file's name
     */
    public static LeafAuthority read(PemFile certificates, PemFile key, String password) throws TlsException {
        List<X509Certificate> chain = CertificateText.read(certificates.name, certificates.text);
        LocalKey opened = KeyText.read(key.name, key.text, Optional.of(password),
                chain.getFirst().getPublicKey());
        try {
            return new LeafAuthority(chain, opened);
        } catch (TlsException refused) {
            throw new TlsException(certificates.name + ": " + refused.getMessage(), refused);
        }
    }

    /** What stands in a file. */
    public static final class PemFile {
        private final String name;
        private final byte[] text;

        /**
         * Holds the octets, which are not copied: those of a key are wiped by whoever reads it.
         *
         * @param name
         *            the file's name, for messages
         */
        public PemFile(String name, byte[] text) {
            this.name = name;
            this.text = text;
        }
    }

    private void check() throws TlsException {
        boolean[] usage = certificate().getKeyUsage();
        int maySignCertificates = 5;
        if (certificate().getBasicConstraints() < 0 || (usage != null && !usage[maySignCertificates])) {
            throw new TlsException("the certificate is not that of an authority");
        }
        if (!keyKind.equals("RSA") && !keyKind.equals("EC")) {
            throw new TlsException("keys of an authority are RSA or EC, not " + keyKind);
        }
        try {
            Signature verifier = Signature.getInstance(algorithm());
            verifier.initVerify(certificate().getPublicKey());
            verifier.update(PROBE);
            if (!verifier.verify(sign(PROBE))) {
                throw new TlsException("certificate and key do not match");
            }
        } catch (GeneralSecurityException unusable) {
            throw new TlsException("certificate and key do not match", unusable);
        }
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
        return keyKind.equals("RSA") ? "SHA256withRSA" : "SHA256withECDSA";
    }

    /** Signs octets with {@link #algorithm}; takes a millisecond or two with RSA. */
    byte[] sign(byte[] octets) throws GeneralSecurityException {
        Signature signer = Signature.getInstance(algorithm());
        signer.initSign(privateKey());
        signer.update(octets);
        return signer.sign();
    }

    private PrivateKey privateKey() throws GeneralSecurityException {
        MemorySegment held = key.pkcs8();
        byte[] pkcs8 = new byte[Math.toIntExact(held.byteSize())];
        MemorySegment.copy(held, ValueLayout.JAVA_BYTE, 0, pkcs8, 0, pkcs8.length);
        try {
            return KeyFactory.getInstance(keyKind).generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
        } finally {
            Arrays.fill(pkcs8, (byte) 0);
        }
    }

    /** Wipes the key: nothing is signed any more. */
    @Override
    public void close() {
        key.close();
    }
}
