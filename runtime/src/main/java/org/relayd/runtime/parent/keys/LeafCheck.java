package org.relayd.runtime.parent.keys;

import java.io.IOException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1Primitive;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.Extensions;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.asn1.x509.TBSCertificate;
import org.bouncycastle.operator.DefaultSignatureAlgorithmIdentifierFinder;

/**
 * Looks at what an authority is to sign: the certificate of a server, within the authority's time, that cannot sign
 * others.
 *
 * @param authority
 *            the authority's certificate
 * @param algorithm
 *            how it signs, in Java's words
 */
record LeafCheck(X509Certificate authority, String algorithm) {
    /** Octets of what is signed at most: so large a target's certificate can be. */
    static final int LONGEST = 128 * 1024;
    /** Octets of a serial number; RFC 5280, 4.1.2.2. */
    private static final int LONGEST_SERIAL = 20;
    private static final int V3 = 3;

    /** What the certificates of inspecting relays have. */
    private static final Set<ASN1ObjectIdentifier> EXTENSIONS = Set.of(Extension.subjectAlternativeName,
            Extension.subjectKeyIdentifier, Extension.authorityKeyIdentifier, Extension.basicConstraints,
            Extension.keyUsage, Extension.extendedKeyUsage);

    /**
     * Returns what is wrong; empty if it may be signed.
     *
     * @param content
     *            TBSCertificate, DER
     */
    Optional<String> fault(byte[] content) {
        if (content.length > LONGEST) {
            return Optional.of("it has " + content.length + " octets");
        }
        try {
            ASN1Primitive parsed = ASN1Primitive.fromByteArray(content);
            // Nobody is to read something else in the same octets.
            if (parsed == null || !Arrays.equals(parsed.getEncoded(ASN1Encoding.DER), content)) {
                return Optional.of("it is not DER");
            }
            return fault(TBSCertificate.getInstance(parsed));
        } catch (IOException | RuntimeException damaged) {
            // Bouncy Castle throws exceptions of any kind at octets of any kind.
            return Optional.of("it is no certificate");
        }
    }

    private Optional<String> fault(TBSCertificate leaf) {
        Extensions extensions = leaf.getExtensions();
        if (leaf.getVersionNumber() != V3 || extensions == null) {
            return Optional.of("it is not of version 3");
        }
        if (!leaf.getIssuer().equals(X500Name.getInstance(authority.getSubjectX500Principal().getEncoded()))) {
            return Optional.of("it has another issuer");
        }
        if (!leaf.getSignature().equals(new DefaultSignatureAlgorithmIdentifierFinder().find(algorithm))) {
            return Optional.of("it names another algorithm");
        }
        if (leaf.getSerialNumber().getValue().signum() <= 0
                || leaf.getSerialNumber().getValue().toByteArray().length > LONGEST_SERIAL) {
            return Optional.of("its serial number is none");
        }
        Instant until = leaf.getEndDate().getDate().toInstant();
        if (until.isAfter(authority.getNotAfter().toInstant())) {
            return Optional.of("it is valid for longer than its issuer");
        }
        return fault(extensions);
    }

    private static Optional<String> fault(Extensions extensions) {
        if (!Stream.of(extensions.getExtensionOIDs()).allMatch(EXTENSIONS::contains)) {
            return Optional.of("it has an extension that is not signed here");
        }
        BasicConstraints constraints = BasicConstraints.fromExtensions(extensions);
        if (constraints != null && (constraints.isCA() || constraints.getPathLenConstraintInteger() != null)) {
            return Optional.of("it is that of an authority");
        }
        KeyUsage usage = KeyUsage.fromExtensions(extensions);
        if (usage != null && (usage.hasUsages(KeyUsage.keyCertSign) || usage.hasUsages(KeyUsage.cRLSign))) {
            return Optional.of("it may sign certificates");
        }
        ExtendedKeyUsage purpose = ExtendedKeyUsage.fromExtensions(extensions);
        if (purpose == null || purpose.size() != 1 || !purpose.hasKeyPurposeId(KeyPurposeId.id_kp_serverAuth)) {
            return Optional.of("it is not that of a server");
        }
        return Optional.empty();
    }
}
