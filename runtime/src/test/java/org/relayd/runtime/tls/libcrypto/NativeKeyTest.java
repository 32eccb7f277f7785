package org.relayd.runtime.tls.libcrypto;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import javax.crypto.Cipher;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.relayd.runtime.tls.LocalKey;
import org.relayd.runtime.tls.TestCertificates;
import org.relayd.runtime.tls.TestCertificates.KeyKind;
import org.relayd.runtime.tls.TestCertificates.Wanted;
import org.relayd.runtime.tls.libcrypto.LibCrypto.Availability;

/** Signatures of libcrypto, looked at by the JDK. */
class NativeKeyTest {
    private static final TestCertificates ROOT = TestCertificates.root("Signing Root");
    private static final TestCertificates RSA = ROOT.leaf(Wanted.of("www.example.com").with(KeyKind.RSA));
    private static final PublicKey PUBLIC = RSA.certificate().getPublicKey();
    private static final byte[] CONTENT = content(130);

    private Optional<NativeKey> opened = Optional.empty();

    @BeforeEach
    void open() {
        opened = library().rsa(pkcs8(RSA));
    }

    @AfterEach
    void close() {
        opened.ifPresent(NativeKey::close);
    }

    private static LibCrypto library() {
        Availability found = LibCrypto.load();
        assumeTrue(found instanceof Availability.Available, found::toString);
        return ((Availability.Available) found).library();
    }

    private static MemorySegment pkcs8(TestCertificates of) {
        return memory(of.keys().getPrivate().getEncoded());
    }

    private static MemorySegment memory(byte[] bytes) {
        return Arena.ofAuto().allocateFrom(ValueLayout.JAVA_BYTE, bytes);
    }

    private static byte[] content(int length) {
        byte[] content = new byte[length];
        Arrays.fill(content, (byte) ' ');
        return content;
    }

    private static Optional<byte[]> sign(NativeKey key, int scheme, byte[] content) {
        AtomicReference<Optional<byte[]>> answer = new AtomicReference<>();
        key.sign(scheme, content, signature -> assertTrue(answer.compareAndSet(null, signature)));
        return answer.get();
    }

    private static Signature verifier(int scheme) throws GeneralSecurityException {
        int bits = switch (scheme & 0xf) {
            case 4 -> 256;
            case 5 -> 384;
            default -> 512;
        };
        Signature verifier = Signature.getInstance("RSASSA-PSS");
        String digest = "SHA-" + bits;
        verifier.setParameter(new PSSParameterSpec(digest, "MGF1", new MGF1ParameterSpec(digest), bits / 8, 1));
        return verifier;
    }

    private static void assertGood(Signature verifier, byte[] content, byte[] signature)
            throws GeneralSecurityException {
        verifier.initVerify(PUBLIC);
        verifier.update(content);
        assertTrue(verifier.verify(signature));
    }

    @ParameterizedTest
    @ValueSource(ints = {0x0804, 0x0805, 0x0806})
    void jdkVerifiesPss(int scheme) throws GeneralSecurityException {
        byte[] signature = sign(opened.orElseThrow(), scheme, CONTENT).orElseThrow();
        assertEquals(256, signature.length);
        assertGood(verifier(scheme), CONTENT, signature);
    }

    @Test
    void jdkVerifiesPkcs1() throws GeneralSecurityException {
        NativeKey key = opened.orElseThrow();
        assertGood(Signature.getInstance("SHA1withRSA"), CONTENT, sign(key, 0x0201, CONTENT).orElseThrow());
        assertGood(Signature.getInstance("SHA256withRSA"), CONTENT, sign(key, 0x0401, CONTENT).orElseThrow());
        assertGood(Signature.getInstance("SHA384withRSA"), CONTENT, sign(key, 0x0501, CONTENT).orElseThrow());
        assertGood(Signature.getInstance("SHA512withRSA"), CONTENT, sign(key, 0x0601, CONTENT).orElseThrow());
    }

    @Test
    void oldVersionsSignTwoDigests() throws GeneralSecurityException {
        byte[] signature = sign(opened.orElseThrow(), 0xff01, CONTENT).orElseThrow();
        Cipher cipher = Cipher.getInstance("RSA/ECB/PKCS1Padding");
        cipher.init(Cipher.DECRYPT_MODE, PUBLIC);
        byte[] both = Arrays.copyOf(MessageDigest.getInstance("MD5").digest(CONTENT), 36);
        System.arraycopy(MessageDigest.getInstance("SHA-1").digest(CONTENT), 0, both, 16, 20);
        assertArrayEquals(both, cipher.doFinal(signature));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 100_000})
    void contentMayHaveAnyLength(int length) throws GeneralSecurityException {
        byte[] content = content(length);
        assertGood(verifier(0x0804), content, sign(opened.orElseThrow(), 0x0804, content).orElseThrow());
    }

    @ParameterizedTest
    @ValueSource(strings = {"secp256r1", "secp384r1", "secp521r1"})
    void jdkVerifiesEcdsaOfEachCurve(String curve) throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec(curve));
        KeyPair pair = generator.generateKeyPair();
        try (NativeKey key = library().key(memory(pair.getPrivate().getEncoded())).orElseThrow()) {
            Map<Integer, String> schemes = Map.of(0x0203, "SHA1withECDSA", 0x0403, "SHA256withECDSA", 0x0503,
                    "SHA384withECDSA", 0x0603, "SHA512withECDSA");
            for (Map.Entry<Integer, String> scheme : schemes.entrySet()) {
                Signature verifier = Signature.getInstance(scheme.getValue());
                verifier.initVerify(pair.getPublic());
                verifier.update(CONTENT);
                assertTrue(verifier.verify(sign(key, scheme.getKey(), CONTENT).orElseThrow()));
            }
            for (int other : new int[]{0, 0x0401, 0x0804, 0x0807, 0xff01}) {
                assertEquals(Optional.empty(), sign(key, other, CONTENT));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1, 0x0403, 0x0807, 0x0809, 0x0203})
    void schemesOfOtherKeysGetNoSignature(int scheme) {
        assertEquals(Optional.empty(), sign(opened.orElseThrow(), scheme, CONTENT));
    }

    @Test
    void closedKeySignsNoMore() {
        NativeKey key = opened.orElseThrow();
        key.close();
        key.close();
        assertEquals(Optional.empty(), sign(key, 0x0804, CONTENT));
    }

    @Test
    void keyOutlivesTheMemoryThatItCameFrom() throws GeneralSecurityException {
        Optional<NativeKey> taken;
        try (LocalKey local = new LocalKey(RSA.keys().getPrivate().getEncoded())) {
            taken = library().rsa(local.pkcs8());
        }
        try (NativeKey key = taken.orElseThrow()) {
            assertGood(verifier(0x0804), CONTENT, sign(key, 0x0804, CONTENT).orElseThrow());
        }
    }

    @Test
    void severalThreadsSignAtOnce() throws Exception {
        NativeKey key = opened.orElseThrow();
        try (ExecutorService loops = Executors.newFixedThreadPool(4)) {
            List<Future<byte[]>> signatures = IntStream.range(0, 400)
                    .mapToObj(i -> loops.submit(() -> sign(key, 0x0804, content(i)).orElseThrow())).toList();
            for (int i = 0; i < signatures.size(); i++) {
                assertGood(verifier(0x0804), content(i), signatures.get(i).get());
            }
        }
    }

    @Test
    void whatIsNoKeyOfRsaIsRefused() {
        byte[] der = RSA.keys().getPrivate().getEncoded();
        byte[] garbage = content(der.length);
        assertEquals(Optional.empty(), library().rsa(memory(garbage)));
        assertEquals(Optional.empty(), library().rsa(memory(Arrays.copyOf(der, der.length / 2))));
        assertEquals(Optional.empty(), library().rsa(pkcs8(ROOT.leaf("www.example.com"))));
        // The next one on this thread finds nothing of that.
        assertTrue(sign(opened.orElseThrow(), 0x0804, CONTENT).isPresent());
    }

    @Test
    void missingLibraryIsAnAnswer() {
        assertInstanceOf(Availability.Missing.class, LibCrypto.load(List.of()));
        Availability none = LibCrypto.load(List.of("libcrypto-of-nobody.so.0"));
        assertTrue(assertInstanceOf(Availability.Missing.class, none).reason().contains("libcrypto-of-nobody.so.0"));
        // A library, but another one.
        assertInstanceOf(Availability.Missing.class, LibCrypto.load(List.of("libm.so.6")));
    }

    @Test
    void libraryTellsItsName() {
        assertTrue(library().name().startsWith("OpenSSL "), library()::name);
        assertThrows(IllegalArgumentException.class, () -> new Calls("libcrypto-of-nobody.so.0"));
    }
}
