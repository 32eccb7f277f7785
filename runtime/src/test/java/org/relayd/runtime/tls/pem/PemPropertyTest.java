package org.relayd.runtime.tls.pem;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.relayd.runtime.tls.LocalKey;
import org.relayd.runtime.tls.TestCertificates;
import org.relayd.runtime.tls.TestCertificates.KeyForm;
import org.relayd.runtime.tls.TlsException;

/** Whatever stands in a file, there is a certificate or key that is whole, or a reason without a word of the file. */
class PemPropertyTest {
    private static final TestCertificates LEAF = TestCertificates.root("Test Root").intermediate("Test Authority")
            .leaf("www.example.com");
    private static final byte[] CHAIN = octets(LEAF.chainPem());

    private static byte[] octets(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    @Property(tries = 300, seed = "2026", shrinking = ShrinkingMode.OFF)
    void chainThatIsCutIsAShorterChainOrRefused(@ForAll @IntRange(max = 2000) int length) {
        try {
            List<X509Certificate> read = CertificateText.read("a.crt",
                    Arrays.copyOf(CHAIN, Math.min(length, CHAIN.length)));
            assertEquals(LEAF.chain().subList(0, read.size()), read);
        } catch (TlsException refused) {
            assertTrue(refused.getMessage().startsWith("a.crt: "), refused.getMessage());
        }
    }

    @Property(tries = 300, seed = "2026", shrinking = ShrinkingMode.OFF)
    void damagedChainIsReadOrRefused(@ForAll @IntRange(max = 1999) int at, @ForAll byte other) {
        byte[] text = CHAIN.clone();
        text[at % text.length] = other;
        try {
            assertFalse(CertificateText.read("a.crt", text).isEmpty());
        } catch (TlsException refused) {
            assertTrue(refused.getMessage().startsWith("a.crt: "), refused.getMessage());
        }
    }

    @Property(tries = 300, seed = "2026", shrinking = ShrinkingMode.OFF)
    void damagedKeyIsTheSameKeyOrRefused(@ForAll KeyForm form, @ForAll @IntRange(max = 999) int at,
            @ForAll byte other) {
        byte[] text = octets(LEAF.keyPem(form));
        text[at % text.length] = other;
        String before = new String(text, StandardCharsets.ISO_8859_1);
        try (LocalKey key = KeyText.read(text, Optional.of(TestCertificates.PASSWORD),
                LEAF.certificate().getPublicKey())) {
            // A key that fits is the key: what differs can only be said around it.
            assertTrue(key.pkcs8().byteSize() > 0);
        } catch (TlsException refused) {
            assertTrue(refused.getMessage().contains(" key"), refused.getMessage());
            assertFalse(before.lines().filter(line -> line.length() > 20)
                    .anyMatch(line -> refused.toString().contains(line)));
        }
        assertArrayEquals(new byte[text.length], text);
    }

    @Property(tries = 300, seed = "2026", shrinking = ShrinkingMode.OFF)
    void octetsOfAnyKindAreRefused(@ForAll @Size(max = 300) byte[] content) {
        byte[] text = octets("-----BEGIN PRIVATE KEY-----\n"
                + Base64.getMimeEncoder().encodeToString(content) + "\n-----END PRIVATE KEY-----\n");
        try (LocalKey key = KeyText.read(text, Optional.empty(), LEAF.certificate().getPublicKey())) {
            throw new AssertionError(Arrays.toString(key.pkcs8().toArray(ValueLayout.JAVA_BYTE)));
        } catch (TlsException refused) {
            assertTrue(refused.getMessage().contains(" key"), refused.getMessage());
        }
    }
}
