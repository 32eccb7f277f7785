package org.relayd.golden;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.bouncycastle.util.encoders.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.relayd.compiler.certificate.CertificateFiles;
import org.relayd.compiler.environment.FileEnvironment;
import org.relayd.compiler.environment.FileEnvironment.Description;
import org.relayd.runtime.tls.TestCertificates;
import org.relayd.runtime.tls.TestCertificates.KeyForm;
import org.relayd.runtime.tls.TestCertificates.KeyKind;
import org.relayd.runtime.tls.TestCertificates.Wanted;
import org.relayd.runtime.tls.TlsException;
import org.relayd.runtime.tls.pem.CertificateText;
import org.relayd.runtime.tls.pem.KeyText;
import org.relayd.runtime.tls.trust.CertificateNames;

/** What the compiler says of certificates and keys is what the daemon will make of them. */
class KeyReadersAgreeTest {
    private static final Optional<String> NO_PASSWORD = Optional.empty();

    private final TestCertificates root = TestCertificates.root("root");
    private final TestCertificates curve = root.leaf("www.example.com");
    private final TestCertificates rsa = root.leaf(Wanted.of("www.example.com").with(KeyKind.RSA));

    @ParameterizedTest
    @EnumSource(KeyForm.class)
    void inAllFormsOfKeys(KeyForm form) {
        String chain = curve.certificatePem() + root.certificatePem();
        for (Optional<String> password : List.of(NO_PASSWORD, Optional.of(TestCertificates.PASSWORD),
                Optional.of("humppa"))) {
            agree(chain, curve.keyPem(form), password);
            agree(chain, root.keyPem(form), password);
        }
    }

    @Test
    void inKindsOfKeys() throws Exception {
        assertTrue(agree(rsa.certificatePem(), rsa.keyPem(), NO_PASSWORD));
        agree(rsa.certificatePem(), curve.keyPem(), NO_PASSWORD);
        agree(curve.certificatePem(), rsa.keyPem(KeyForm.TRADITIONAL), NO_PASSWORD);
        KeyPairGenerator other = KeyPairGenerator.getInstance("Ed25519");
        agree(curve.certificatePem(), pem(other.generateKeyPair()), NO_PASSWORD);
        KeyPairGenerator larger = KeyPairGenerator.getInstance("EC");
        larger.initialize(new ECGenParameterSpec("secp384r1"));
        agree(curve.certificatePem(), pem(larger.generateKeyPair()), NO_PASSWORD);
    }

    @Test
    void inWhatIsThere() {
        agree("", curve.keyPem(), NO_PASSWORD);
        agree(curve.keyPem(), curve.keyPem(), NO_PASSWORD);
        agree(curve.certificatePem(), "", NO_PASSWORD);
        agree(root.certificatePem() + curve.certificatePem(), curve.keyPem(), NO_PASSWORD);
        assertTrue(agree("text\n" + curve.keyPem() + curve.certificatePem(),
                curve.certificatePem() + "text\n" + curve.keyPem(), NO_PASSWORD));
    }

    /** A changed octet may pass where nobody looks. */
    @Test
    void inDamagedFiles() {
        Random random = new Random(1);
        for (int i = 0; i < 1500; i++) {
            String chain = random.nextBoolean() ? curve.certificatePem() : damaged(curve.certificatePem(), random);
            agree(chain, damaged(curve.keyPem(KeyForm.TRADITIONAL), random), NO_PASSWORD);
        }
    }

    /** Returns whether both take them. */
    private static boolean agree(String chain, String key, Optional<String> password) {
        Optional<String> compiler = new CertificateFiles(new FileEnvironment(
                new Description(Map.of(), new LinkedHashMap<>(), Map.of(),
                        Optional.of(Map.of("crt", Optional.of(chain), "key", Optional.of(key)))),
                path -> {
                    throw new NoSuchFileException(path);
                })).pair("crt", "key", password).map(Object::toString);
        Optional<String> daemon = refusal(chain, key, password);
        assertEquals(daemon.isPresent(), compiler.isPresent(),
                () -> "daemon: " + daemon + ", compiler: " + compiler + "\n" + chain + key);
        return compiler.isEmpty();
    }

    private static Optional<String> refusal(String chain, String key, Optional<String> password) {
        try {
            List<X509Certificate> certificates = CertificateText.read("crt", chain.getBytes(StandardCharsets.UTF_8));
            CertificateNames.of(certificates.getFirst());
            KeyText.read(key.getBytes(StandardCharsets.UTF_8), password,
                    certificates.getFirst().getPublicKey()).close();
            return Optional.empty();
        } catch (TlsException | CertificateException refused) {
            return Optional.of(refused.getMessage());
        }
    }

    private static String damaged(String text, Random random) {
        char[] octets = text.toCharArray();
        octets[random.nextInt(octets.length)] = random.nextInt(4) == 0 ? (char) random.nextInt(128)
                : octets[random.nextInt(octets.length)];
        return new String(octets);
    }

    private static String pem(KeyPair keys) {
        return "-----BEGIN PRIVATE KEY-----\n" + Base64.toBase64String(keys.getPrivate().getEncoded())
                + "\n-----END PRIVATE KEY-----\n";
    }
}
