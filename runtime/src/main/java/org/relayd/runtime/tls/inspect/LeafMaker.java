package org.relayd.runtime.tls.inspect;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.AuthorityKeyIdentifier;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.bc.BcX509ExtensionUtils;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.relayd.runtime.tls.Identity;
import org.relayd.runtime.tls.LocalKey;
import org.relayd.runtime.tls.TlsException;

/**
 * Makes certificates that look like those of targets and are signed by another authority, all for one key that is made
 * with this object and never leaves the process. Any thread; blocks for a signature.
 *
 * <p>
 * Subject, names and dates are the target's, so that a client sees a wrong name or an expired certificate as such; the
 * dates are cut to those of the authority. The serial number is new: two certificates of one issuer must not share one
 * (RFC 5280 4.1.2.2), and after a restart the same target gets a certificate with another key. What else the target's
 * certificate has is left out: policies, places of revocation lists and logs speak of the certificate that it was.
 */
public final class LeafMaker implements AutoCloseable {
    /** Octets of a serial number; RFC 5280 allows 20, with a positive sign. */
    private static final int SERIAL_OCTETS = 16;

    private final LeafAuthority authority;
    private final SubjectPublicKeyInfo publicKey;
    private final LocalKey privateKey;
    private final SecureRandom random = new SecureRandom();

    /** Makes the key. */
    public LeafMaker(LeafAuthority authority) {
        this.authority = authority;
        KeyPair pair = pair();
        publicKey = SubjectPublicKeyInfo.getInstance(pair.getPublic().getEncoded());
        privateKey = new LocalKey(pair.getPrivate().getEncoded());
    }

    private static KeyPair pair() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            return generator.generateKeyPair();
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("every Java has P-256", impossible);
        }
    }

    /**
     * Makes what a client is shown in place of a target's certificate.
     *
     * @throws TlsException
     *             if the target's certificate is so broken that none can be made of it, or the authority does not sign
     */
    public Identity make(X509Certificate target) throws TlsException {
        try {
            X509v3CertificateBuilder builder = builder(target);
            byte[] names = target.getExtensionValue(Extension.subjectAlternativeName.getId());
            if (names != null) {
                boolean critical = target.getSubjectX500Principal().getName().isEmpty();
                builder.addExtension(Extension.subjectAlternativeName, critical,
                        ASN1OctetString.getInstance(names).getOctets());
            }
            addKeyIds(builder);
            builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(false));
            builder.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature));
            builder.addExtension(Extension.extendedKeyUsage, false,
                    new ExtendedKeyUsage(KeyPurposeId.id_kp_serverAuth));
            X509Certificate leaf = new JcaX509CertificateConverter()
                    .getCertificate(builder.build(new AuthoritySigner(authority)));
            List<X509Certificate> chain = new ArrayList<>(List.of(leaf));
            chain.addAll(authority.shown());
            return new Identity(chain, new Identity.Key.Local(privateKey), Optional.empty(), names(leaf));
        } catch (UncheckedIOException refused) {
            throw new TlsException("no signature of the authority: " + refused.getCause().getMessage(), refused);
        } catch (IOException | CertificateException | RuntimeException broken) {
            throw new TlsException("no certificate can be made in place of the target's", broken);
        }
    }

    private X509v3CertificateBuilder builder(X509Certificate target) {
        X509Certificate issuer = authority.certificate();
        Instant from = target.getNotBefore().toInstant();
        Instant until = target.getNotAfter().toInstant();
        Instant issuerFrom = issuer.getNotBefore().toInstant();
        Instant issuerUntil = issuer.getNotAfter().toInstant();
        // A target that had expired before the authority began keeps its dates, which are no good either.
        if (until.isAfter(issuerFrom) && from.isBefore(issuerUntil)) {
            from = from.isBefore(issuerFrom) ? issuerFrom : from;
            until = until.isAfter(issuerUntil) ? issuerUntil : until;
        }
        return new X509v3CertificateBuilder(X500Name.getInstance(issuer.getSubjectX500Principal().getEncoded()),
                new BigInteger(SERIAL_OCTETS * Byte.SIZE - 1, random).add(BigInteger.ONE),
                Date.from(from), Date.from(until),
                X500Name.getInstance(target.getSubjectX500Principal().getEncoded()), publicKey);
    }

    private void addKeyIds(X509v3CertificateBuilder builder) throws IOException {
        BcX509ExtensionUtils ids = new BcX509ExtensionUtils();
        builder.addExtension(Extension.subjectKeyIdentifier, false, ids.createSubjectKeyIdentifier(publicKey));
        byte[] own = authority.certificate().getExtensionValue(Extension.subjectKeyIdentifier.getId());
        AuthorityKeyIdentifier issuer = own == null
                ? ids.createAuthorityKeyIdentifier(
                        SubjectPublicKeyInfo.getInstance(authority.certificate().getPublicKey().getEncoded()))
                : new AuthorityKeyIdentifier(ASN1OctetString
                        .getInstance(ASN1OctetString.getInstance(own).getOctets()).getOctets());
        builder.addExtension(Extension.authorityKeyIdentifier, false, issuer);
    }

    private static List<String> names(X509Certificate leaf) throws CertificateException {
        int hostName = 2;
        return Optional.ofNullable(leaf.getSubjectAlternativeNames()).stream().flatMap(names -> names.stream())
                .filter(name -> name.getFirst().equals(hostName))
                .map(name -> name.get(1).toString().toLowerCase(Locale.ROOT)).toList();
    }

    /** Wipes the key of the leaves and that of the authority. The second call does nothing. */
    @Override
    public void close() {
        privateKey.close();
        authority.close();
    }
}
