package org.relayd.runtime.tls;

import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.cert.CertificateEncodingException;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.bouncycastle.asn1.DERBitString;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.sec.ECPrivateKey;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.cert.CertIOException;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.openssl.PKCS8Generator;
import org.bouncycastle.openssl.jcajce.JcaPKCS8Generator;
import org.bouncycastle.openssl.jcajce.JceOpenSSLPKCS8EncryptorBuilder;
import org.bouncycastle.openssl.jcajce.JcePEMEncryptorBuilder;
import org.bouncycastle.openssl.jcajce.JcaMiscPEMGenerator;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.util.io.pem.PemObject;
import org.bouncycastle.util.io.pem.PemWriter;

/**
 * A certificate made for a test, with its key and the way up to its root.
 *
 * @param certificate
 *            the certificate
 * @param keys
 *            its key
 * @param above
 *            certificates that lead from it to the root, the root left out; empty for a root and what it signed itself
 */
public record TestCertificates(X509Certificate certificate, KeyPair keys, List<X509Certificate> above) {
    /** What encrypted keys are encrypted with. */
    public static final String PASSWORD = "correct horse";

    /** Kinds of keys. */
    public enum KeyKind {
        /** NIST P-256. */
        EC,
        /** RSA of 2048 bits; takes a while to make. */
        RSA
    }

    /** Ways to write a private key in PEM. */
    public enum KeyForm {
        /** PKCS#8: {@code PRIVATE KEY}. */
        PKCS8,
        /** PKCS#1 or SEC1: {@code RSA PRIVATE KEY}, {@code EC PRIVATE KEY}. */
        TRADITIONAL,
        /** The same after a block {@code EC PARAMETERS}, as openssl-ecparam(1) writes it; EC only. */
        WITH_PARAMETERS,
        /** SEC1 that does not say its curve; EC only. */
        WITHOUT_CURVE,
        /** PKCS#8, encrypted with {@link #PASSWORD}. */
        ENCRYPTED_PKCS8,
        /** {@link #TRADITIONAL} with {@code DEK-Info}, encrypted with {@link #PASSWORD}. */
        ENCRYPTED_TRADITIONAL
    }

    /**
     * A certificate to be made.
     *
     * @param names
     *            host names and addresses it is for; may be empty
     * @param kind
     *            of its key
     * @param from
     *            first moment it is good
     * @param until
     *            last moment
     * @param purpose
     *            extended key usage; empty for none said
     */
    public record Wanted(List<String> names, KeyKind kind, Instant from, Instant until,
            Optional<KeyPurposeId> purpose) {

        /** A server's, with an EC key, good for a month. */
        public static Wanted of(String... names) {
            Instant now = Instant.now();
            return new Wanted(List.of(names), KeyKind.EC, now.minus(Duration.ofDays(1)), now.plus(Duration.ofDays(30)),
                    Optional.of(KeyPurposeId.id_kp_serverAuth));
        }

        /** The same with a key of a kind. */
        public Wanted with(KeyKind other) {
            return new Wanted(names, other, from, until, purpose);
        }

        /** The same with other dates. */
        public Wanted between(Instant first, Instant last) {
            return new Wanted(names, kind, first, last, purpose);
        }

        /** The same, expired yesterday. */
        public Wanted expired() {
            return between(Instant.now().minus(Duration.ofDays(9)), Instant.now().minus(Duration.ofDays(1)));
        }

        /** The same for a purpose, or none. */
        public Wanted purpose(Optional<KeyPurposeId> other) {
            return new Wanted(names, kind, from, until, other);
        }

        /** The same for clients. */
        public Wanted client() {
            return purpose(Optional.of(KeyPurposeId.id_kp_clientAuth));
        }
    }

    /** Makes a root of ten years. */
    public static TestCertificates root(String name) {
        return root(name, decade());
    }

    /** Makes a root with the key and the dates that are wanted. */
    public static TestCertificates root(String name, Wanted wanted) {
        KeyPair keys = keys(wanted.kind());
        X509v3CertificateBuilder builder = builder(name, new X500Name("CN=" + name), keys, wanted);
        return authority(builder, keys, keys.getPrivate(), List.of());
    }

    /** Makes an authority below this one. */
    public TestCertificates intermediate(String name) {
        return intermediate(name, decade());
    }

    /** Makes an authority below this one, with the key and the dates that are wanted. */
    public TestCertificates intermediate(String name, Wanted wanted) {
        KeyPair own = keys(wanted.kind());
        X509v3CertificateBuilder builder = builder(name, issuer(), own, wanted);
        return authority(builder, own, keys.getPrivate(), forBelow());
    }

    /** Makes a server's certificate with an EC key, signed by this authority. */
    public TestCertificates leaf(String... names) {
        return leaf(Wanted.of(names));
    }

    /** Makes a certificate that this one signs, whether it may or not. */
    public TestCertificates leaf(Wanted wanted) {
        KeyPair own = keys(wanted.kind());
        String name = wanted.names().isEmpty() ? "nobody" : wanted.names().getFirst();
        X509v3CertificateBuilder builder = builder(name, issuer(), own, wanted);
        try {
            builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(false));
            if (!wanted.names().isEmpty()) {
                builder.addExtension(Extension.subjectAlternativeName, false, new GeneralNames(
                        wanted.names().stream().map(TestCertificates::general).toArray(GeneralName[]::new)));
            }
            if (wanted.purpose().isPresent()) {
                builder.addExtension(Extension.extendedKeyUsage, false, new ExtendedKeyUsage(wanted.purpose().get()));
            }
        } catch (CertIOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return new TestCertificates(sign(builder, keys.getPrivate()), own, forBelow());
    }

    /** Returns the chain as servers show it: own certificate first, without the root. */
    public List<X509Certificate> chain() {
        List<X509Certificate> all = new ArrayList<>(List.of(certificate));
        all.addAll(above);
        return all;
    }

    /** Returns {@link #chain} in PEM. */
    public String chainPem() {
        StringBuilder all = new StringBuilder();
        chain().forEach(one -> all.append(pem(one)));
        return all.toString();
    }

    /** Returns the certificate alone in PEM. */
    public String certificatePem() {
        return pem(certificate);
    }

    /** Returns the key in PEM, PKCS#8. */
    public String keyPem() {
        return keyPem(KeyForm.PKCS8);
    }

    /** Returns the key in PEM. */
    public String keyPem(KeyForm form) {
        try {
            return switch (form) {
                case PKCS8 -> pem(new PemObject("PRIVATE KEY", keys.getPrivate().getEncoded()));
                case TRADITIONAL -> pem(traditional());
                case WITH_PARAMETERS -> pem(new PemObject("EC PARAMETERS",
                        keyInfo().getPrivateKeyAlgorithm().getParameters().toASN1Primitive().getEncoded()))
                        + pem(traditional());
                case WITHOUT_CURVE -> pem(new PemObject("EC PRIVATE KEY",
                        new ECPrivateKey(256, scalar()).getEncoded()));
                case ENCRYPTED_PKCS8 -> pem(new JcaPKCS8Generator(keys.getPrivate(),
                        new JceOpenSSLPKCS8EncryptorBuilder(PKCS8Generator.AES_256_CBC)
                                .setProvider(new BouncyCastleProvider()).setPassword(PASSWORD.toCharArray()).build())
                        .generate());
                case ENCRYPTED_TRADITIONAL -> pem(new JcaMiscPEMGenerator(keys.getPrivate(),
                        new JcePEMEncryptorBuilder("AES-256-CBC").setProvider(new BouncyCastleProvider())
                                .build(PASSWORD.toCharArray()))
                        .generate());
            };
        } catch (IOException | OperatorCreationException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** Returns who one is with this certificate; the caller closes the key. */
    public Identity identity() {
        List<String> names = new ArrayList<>();
        try {
            if (certificate.getSubjectAlternativeNames() != null) {
                certificate.getSubjectAlternativeNames()
                        .forEach(name -> names.add(name.get(1).toString().toLowerCase(Locale.ROOT)));
            }
        } catch (CertificateException impossible) {
            throw new IllegalStateException(impossible);
        }
        return new Identity(chain(), new Identity.Key.Local(new LocalKey(keys.getPrivate().getEncoded())),
                Optional.empty(), names);
    }

    /** Returns a certificate in PEM. */
    public static String pem(X509Certificate certificate) {
        try {
            return pem(new PemObject("CERTIFICATE", certificate.getEncoded()));
        } catch (CertificateEncodingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static String pem(PemObject object) {
        StringWriter text = new StringWriter();
        try (PemWriter writer = new PemWriter(text)) {
            writer.writeObject(object);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return text.toString();
    }

    private PemObject traditional() throws IOException {
        if (keys.getPrivate().getAlgorithm().equals("RSA")) {
            return new PemObject("RSA PRIVATE KEY", keyInfo().parsePrivateKey().toASN1Primitive().getEncoded());
        }
        DERBitString point = new DERBitString(
                SubjectPublicKeyInfo.getInstance(keys.getPublic().getEncoded()).getPublicKeyData().getBytes());
        return new PemObject("EC PRIVATE KEY", new ECPrivateKey(256, scalar(), point,
                keyInfo().getPrivateKeyAlgorithm().getParameters()).getEncoded());
    }

    private BigInteger scalar() throws IOException {
        return ECPrivateKey.getInstance(keyInfo().parsePrivateKey()).getKey();
    }

    private PrivateKeyInfo keyInfo() {
        return PrivateKeyInfo.getInstance(keys.getPrivate().getEncoded());
    }

    private List<X509Certificate> forBelow() {
        return issuedBySelf() ? List.of() : chain();
    }

    private boolean issuedBySelf() {
        return certificate.getSubjectX500Principal().equals(certificate.getIssuerX500Principal());
    }

    private X500Name issuer() {
        return X500Name.getInstance(certificate.getSubjectX500Principal().getEncoded());
    }

    private static Wanted decade() {
        Instant now = Instant.now();
        return Wanted.of().between(now.minus(Duration.ofDays(3650)), now.plus(Duration.ofDays(3650)));
    }

    private static GeneralName general(String name) {
        boolean address = name.indexOf(':') >= 0 || name.matches("[0-9.]+");
        return new GeneralName(address ? GeneralName.iPAddress : GeneralName.dNSName, name);
    }

    private static X509v3CertificateBuilder builder(String name, X500Name issuer, KeyPair keys, Wanted wanted) {
        return new JcaX509v3CertificateBuilder(issuer, new BigInteger(63, new SecureRandom()).add(BigInteger.ONE),
                Date.from(wanted.from()), Date.from(wanted.until()), new X500Name("CN=" + name), keys.getPublic());
    }

    private static TestCertificates authority(X509v3CertificateBuilder builder, KeyPair own, PrivateKey signer,
            List<X509Certificate> above) {
        try {
            builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(true));
            builder.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign));
        } catch (CertIOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return new TestCertificates(sign(builder, signer), own, above);
    }

    private static X509Certificate sign(X509v3CertificateBuilder builder, PrivateKey signer) {
        String how = signer.getAlgorithm().equals("RSA") ? "SHA256withRSA" : "SHA256withECDSA";
        try {
            return new JcaX509CertificateConverter()
                    .getCertificate(builder.build(new JcaContentSignerBuilder(how).build(signer)));
        } catch (OperatorCreationException | CertificateException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static KeyPair keys(KeyKind kind) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance(kind.name());
            switch (kind) {
                case EC -> generator.initialize(new ECGenParameterSpec("secp256r1"));
                case RSA -> generator.initialize(2048);
            }
            return generator.generateKeyPair();
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
