package org.relayd.runtime.tls.pem;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.RSAPrivateKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.Optional;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.relayd.runtime.tls.LocalKey;
import org.relayd.runtime.tls.TestCertificates;
import org.relayd.runtime.tls.TestCertificates.KeyForm;
import org.relayd.runtime.tls.TestCertificates.KeyKind;
import org.relayd.runtime.tls.TestCertificates.Wanted;
import org.relayd.runtime.tls.TlsException;

class KeyTextTest {
    private static final TestCertificates ROOT = TestCertificates.root("Test Root");
    private static final TestCertificates EC = ROOT.leaf("www.example.com");
    private static final TestCertificates RSA = ROOT.leaf(Wanted.of("www.example.com").with(KeyKind.RSA));

    @ParameterizedTest
    @EnumSource
    void ecKeyIsReadInEachForm(KeyForm form) throws Exception {
        ECPrivateKey key = (ECPrivateKey) KeyFactory.getInstance("EC")
                .generatePrivate(new PKCS8EncodedKeySpec(read(EC, EC.keyPem(form))));
        assertEquals(((ECPrivateKey) EC.keys().getPrivate()).getS(), key.getS());
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = {"WITH_PARAMETERS", "WITHOUT_CURVE"})
    void rsaKeyIsReadInEachForm(KeyForm form) throws Exception {
        RSAPrivateKey key = (RSAPrivateKey) KeyFactory.getInstance("RSA")
                .generatePrivate(new PKCS8EncodedKeySpec(read(RSA, RSA.keyPem(form))));
        assertEquals(((RSAPrivateKey) RSA.keys().getPrivate()).getPrivateExponent(), key.getPrivateExponent());
    }

    @Test
    void keyStandsAfterItsCertificateAndAnyWords() throws Exception {
        assertArrayEquals(EC.keys().getPrivate().getEncoded(),
                read(EC, "subject: somebody\n" + EC.chainPem() + "\nwords\n" + EC.keyPem()));
        assertArrayEquals(EC.keys().getPrivate().getEncoded(), read(EC, EC.keyPem().replace("\n", "\r\n")));
    }

    @Test
    void textIsWiped() throws Exception {
        byte[] text = octets(EC.keyPem());
        KeyText.read(text, Optional.empty(), EC.certificate().getPublicKey()).close();
        assertArrayEquals(new byte[text.length], text);
        byte[] broken = octets(EC.keyPem().substring(0, 100));
        assertThrows(TlsException.class,
                () -> KeyText.read(broken, Optional.empty(), EC.certificate().getPublicKey()));
        assertArrayEquals(new byte[broken.length], broken);
    }

    @Test
    void keyOfAnotherCertificateIsRefused() {
        String text = "the key does not fit the certificate";
        assertRefused(text, EC.keyPem(), ROOT.leaf("www.example.com"));
        assertRefused(text, RSA.keyPem(), EC);
        assertRefused(text, EC.keyPem(), RSA);
    }

    @Test
    void keyOfAKindThatNobodySignsWithIsRefused() throws Exception {
        String text = "private keys are RSA, or EC of P-256, P-384 or P-521";
        KeyPairGenerator edwards = KeyPairGenerator.getInstance("Ed25519");
        assertRefused(text, pem(edwards.generateKeyPair()), EC);
        KeyPairGenerator koblitz = KeyPairGenerator.getInstance("EC", new BouncyCastleProvider());
        koblitz.initialize(new ECGenParameterSpec("secp256k1"));
        assertRefused(text, pem(koblitz.generateKeyPair()), EC);
        KeyPairGenerator pss = KeyPairGenerator.getInstance("RSASSA-PSS");
        pss.initialize(2048);
        assertRefused(text, pem(pss.generateKeyPair()), EC);
    }

    private static String pem(KeyPair pair) {
        return "-----BEGIN PRIVATE KEY-----\n"
                + Base64.getMimeEncoder().encodeToString(pair.getPrivate().getEncoded())
                + "\n-----END PRIVATE KEY-----\n";
    }

    @Test
    void missingAndBrokenKeysAreRefusedWithoutQuotingThem() {
        assertRefused("no private key in PEM is in it", EC.chainPem(), EC);
        assertRefused("no private key in PEM is in it", "", EC);
        String broken = "the private key is cut off, damaged or of an unknown kind";
        String whole = EC.keyPem();
        assertRefused(broken, whole.substring(0, whole.length() - 30), EC);
        assertRefused(broken, whole.replaceFirst("\nM", "\nN"), EC);
        assertRefused(broken, whole.replaceFirst("\nM", "\n%"), EC);
        assertRefused(broken, "-----BEGIN PRIVATE KEY-----\n-----END PRIVATE KEY-----\n", EC);
    }

    @Test
    void encryptedKeyNeedsItsPassword() {
        String wrong = "the private key does not open with its password";
        for (KeyForm form : new KeyForm[]{KeyForm.ENCRYPTED_PKCS8, KeyForm.ENCRYPTED_TRADITIONAL}) {
            TlsException none = assertThrows(TlsException.class, () -> KeyText.read(octets(RSA.keyPem(form)),
                    Optional.empty(), RSA.certificate().getPublicKey()));
            assertEquals("the private key is encrypted", none.getMessage());
            TlsException other = assertThrows(TlsException.class, () -> KeyText.read(octets(RSA.keyPem(form)),
                    Optional.of("battery staple"), RSA.certificate().getPublicKey()));
            assertEquals(wrong, other.getMessage());
            assertFalse(other.toString().contains("staple"));
        }
    }

    private static void assertRefused(String text, String pem, TestCertificates owner) {
        TlsException refused = assertThrows(TlsException.class,
                () -> KeyText.read(octets(pem), Optional.empty(), owner.certificate().getPublicKey()));
        assertEquals(text, refused.getMessage());
    }

    private static byte[] read(TestCertificates owner, String pem) throws TlsException {
        try (LocalKey key = KeyText.read(octets(pem), Optional.of(TestCertificates.PASSWORD),
                owner.certificate().getPublicKey())) {
            return key.pkcs8().toArray(ValueLayout.JAVA_BYTE);
        }
    }

    private static byte[] octets(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }
}
