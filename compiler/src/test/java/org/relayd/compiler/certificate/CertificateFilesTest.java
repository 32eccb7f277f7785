package org.relayd.compiler.certificate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.StringWriter;
import java.math.BigInteger;
import java.nio.file.NoSuchFileException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.time.Instant;
import java.util.Date;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.openssl.jcajce.JcaMiscPEMGenerator;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.util.io.pem.PemObject;
import org.bouncycastle.util.io.pem.PemWriter;
import org.junit.jupiter.api.Test;
import org.relayd.compiler.environment.FileEnvironment;
import org.relayd.compiler.environment.FileEnvironment.Description;

class CertificateFilesTest {
    private static final Optional<String> NO_PASSWORD = Optional.empty();

    private final Map<String, Optional<String>> texts = new HashMap<>();

    @Test
    void pairWhoseContentIsNotKnownIsTakenToFit() {
        texts.put("crt", Optional.empty());
        texts.put("key", Optional.empty());
        assertEquals(Optional.empty(), files().pair("crt", "key", NO_PASSWORD));
        assertEquals(Optional.empty(), files().pair("nowhere", "key", NO_PASSWORD));
        assertEquals(List.of(), files().certificates("crt"));
    }

    @Test
    void commonNameOfACertificateIsNoNameThatItIsFor() throws Exception {
        KeyPair keys = keys("EC", 256);
        texts.put("crt", Optional.of(certificate(keys, "SHA256withECDSA")));
        texts.put("key", Optional.of(key(keys)));
        assertEquals(Optional.empty(), files().pair("crt", "key", NO_PASSWORD));
        Certificate only = files().certificates("crt").getFirst();
        assertEquals(List.of(), only.names());
        assertFalse(only.covers("www.example.com"));
        assertTrue(only.hasCurve());
        assertTrue(only.isSelfIssued());
        assertFalse(only.isAuthority());
    }

    @Test
    void keysOfOtherKindsAreRefused() throws Exception {
        KeyPair keys = keys("Ed25519", 255);
        texts.put("crt", Optional.of(certificate(keys, "Ed25519")));
        texts.put("key", Optional.of(pem(new PemObject("PRIVATE KEY", keys.getPrivate().getEncoded()))));
        assertEquals(Optional.of(new FileFault("key", "private keys are RSA, or EC of P-256, P-384 or P-521")),
                files().pair("crt", "key", NO_PASSWORD));
    }

    /** Whatever stands in a file, it is good or has a fault. */
    @Test
    void damagedFilesAreFaultsAndNoExceptions() throws Exception {
        KeyPair keys = keys("EC", 256);
        String certificate = certificate(keys, "SHA256withECDSA");
        String key = key(keys);
        Random random = new Random(1);
        for (int i = 0; i < 2000; i++) {
            texts.put("crt", Optional.of(damaged(certificate, random)));
            texts.put("key", Optional.of(damaged(key, random)));
            CertificateFiles files = files();
            files.pair("crt", "key", Optional.of("x")).ifPresent(fault -> assertFalse(fault.reason().isEmpty()));
            files.certificates("crt").forEach(each -> assertFalse(each.covers("www.example.org")));
            assertTrue(files.key("key", NO_PASSWORD).stream().noneMatch(fault -> fault.reason().contains("-----")));
        }
    }

    private static String damaged(String text, Random random) {
        char[] octets = text.toCharArray();
        for (int changes = random.nextInt(3); changes >= 0; changes--) {
            octets[random.nextInt(octets.length)] = (char) (random.nextInt(4) == 0 ? random.nextInt(256)
                    : octets[random.nextInt(octets.length)]);
        }
        return new String(octets);
    }

    private CertificateFiles files() {
        return new CertificateFiles(environment());
    }

    private FileEnvironment environment() {
        return new FileEnvironment(
                new Description(Map.of(), new LinkedHashMap<>(), Map.of(), Optional.of(Map.copyOf(texts))),
                path -> {
                    throw new NoSuchFileException(path);
                });
    }

    private static KeyPair keys(String kind, int size) throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance(kind);
        generator.initialize(size);
        return generator.generateKeyPair();
    }

    private static String certificate(KeyPair keys, String algorithm) throws Exception {
        X500Name name = new X500Name("CN=www.example.com");
        X509CertificateHolder made = new JcaX509v3CertificateBuilder(name, BigInteger.ONE,
                Date.from(Instant.parse("2026-01-01T00:00:00Z")), Date.from(Instant.parse("2027-01-01T00:00:00Z")),
                name,
                keys.getPublic()).build(new JcaContentSignerBuilder(algorithm).build(keys.getPrivate()));
        return pem(new PemObject("CERTIFICATE", made.getEncoded()));
    }

    private static String key(KeyPair keys) throws Exception {
        return pem(new JcaMiscPEMGenerator(keys.getPrivate()).generate());
    }

    private static String pem(PemObject object) throws Exception {
        StringWriter text = new StringWriter();
        try (PemWriter writer = new PemWriter(text)) {
            writer.writeObject(object);
        }
        return text.toString();
    }
}
