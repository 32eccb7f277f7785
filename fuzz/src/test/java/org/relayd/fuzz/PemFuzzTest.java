package org.relayd.fuzz;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.DictionaryEntries;
import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.io.StringWriter;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.time.Instant;
import java.util.Date;
import java.util.Optional;
import java.util.stream.Stream;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.openssl.jcajce.JcaMiscPEMGenerator;
import org.bouncycastle.openssl.jcajce.JcePEMEncryptorBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.util.io.pem.PemObject;
import org.bouncycastle.util.io.pem.PemObjectGenerator;
import org.bouncycastle.util.io.pem.PemWriter;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.relayd.runtime.tls.TlsException;
import org.relayd.runtime.tls.pem.CertificateText;
import org.relayd.runtime.tls.pem.KeyText;

/** Whatever stands in a file of certificates or keys, it is read or refused with the file's name and nothing else. */
class PemFuzzTest {
    private static final KeyPair OWNER = pair("EC", 256);

    private static KeyPair pair(String kind, int bits) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance(kind);
            generator.initialize(bits);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static byte[] pem(PemObjectGenerator block) throws IOException {
        StringWriter text = new StringWriter();
        try (PemWriter writer = new PemWriter(text)) {
            writer.writeObject(block);
        }
        return text.toString().getBytes(StandardCharsets.US_ASCII);
    }

    private static byte[] traditional(String kind, KeyPair pair) throws IOException {
        return pem(new PemObject(kind + " PRIVATE KEY", PrivateKeyInfo.getInstance(pair.getPrivate().getEncoded())
                .parsePrivateKey().toASN1Primitive().getEncoded()));
    }

    /** Keys of all forms, to begin with. */
    static Stream<Arguments> keys() throws IOException {
        KeyPair rsa = pair("RSA", 1024);
        return Stream.of(pem(new PemObject("PRIVATE KEY", OWNER.getPrivate().getEncoded())),
                pem(new PemObject("PRIVATE KEY", rsa.getPrivate().getEncoded())), traditional("EC", OWNER),
                traditional("RSA", rsa),
                pem(new JcaMiscPEMGenerator(OWNER.getPrivate(), new JcePEMEncryptorBuilder("AES-256-CBC")
                        .setProvider(new BouncyCastleProvider()).build("password".toCharArray()))))
                .map(Arguments::of);
    }

    /** A certificate, to begin with. */
    static Stream<Arguments> chains() throws IOException, OperatorCreationException {
        X500Name name = new X500Name("CN=www.example.com");
        byte[] certificate = pem(new PemObject("CERTIFICATE", new JcaX509v3CertificateBuilder(name, BigInteger.ONE,
                Date.from(Instant.EPOCH), Date.from(Instant.EPOCH), name, OWNER.getPublic())
                .build(new JcaContentSignerBuilder("SHA256withECDSA").build(OWNER.getPrivate())).getEncoded()));
        return Stream.of(Arguments.of(certificate));
    }

    @DictionaryEntries({"-----BEGIN CERTIFICATE-----\\x0a", "-----END CERTIFICATE-----\\x0a", "MII", "-----BEGIN ",
            "-----", "=="})
    @MethodSource("chains")
    @FuzzTest(maxDuration = "5m")
    void certificates(byte[] octets) {
        try {
            assertFalse(CertificateText.read("a.crt", octets).isEmpty());
        } catch (TlsException refused) {
            assertTrue(refused.getMessage().startsWith("a.crt: "));
        }
    }

    @DictionaryEntries({"-----BEGIN PRIVATE KEY-----\\x0a", "-----END PRIVATE KEY-----\\x0a",
            "-----BEGIN EC PRIVATE KEY-----\\x0a", "-----END EC PRIVATE KEY-----\\x0a",
            "-----BEGIN RSA PRIVATE KEY-----\\x0a", "-----BEGIN EC PARAMETERS-----\\x0a",
            "-----BEGIN ENCRYPTED PRIVATE KEY-----\\x0a", "Proc-Type: 4,ENCRYPTED\\x0a", "DEK-Info: AES-256-CBC,",
            "MII", "=="})
    @MethodSource("keys")
    @FuzzTest(maxDuration = "5m")
    void key(byte[] octets) {
        byte[] text = octets.clone();
        try {
            KeyText.read(text, Optional.of("password"), OWNER.getPublic()).close();
        } catch (TlsException refused) {
            assertTrue(refused.getMessage().contains(" key"));
        }
        assertArrayEquals(new byte[octets.length], text);
    }
}
