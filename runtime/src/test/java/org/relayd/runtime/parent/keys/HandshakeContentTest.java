package org.relayd.runtime.parent.keys;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.constraints.IntRange;

class HandshakeContentTest {
    private static final int ECDSA = 0x0403;
    private static final int PKCS1 = 0x0401;
    private static final int[] ALL = {0x0201, 0x0203, 0x0401, 0x0403, 0x0501, 0x0503, 0x0601, 0x0603, 0x0804, 0x0805,
            0x0806, 0xff01};

    private static byte[] verify(String who, int digest) {
        byte[] beginning = (" ".repeat(64) + "TLS 1.3, " + who + " CertificateVerify\0")
                .getBytes(StandardCharsets.US_ASCII);
        return Arrays.copyOf(beginning, beginning.length + digest);
    }

    private static byte[] exchange(int kind, int curve, int length, int form) {
        ByteBuffer content = ByteBuffer.allocate(64 + 4 + length);
        byte[] randoms = new byte[64];
        new Random(1).nextBytes(randoms);
        return content.put(randoms).put((byte) kind).putShort((short) curve).put((byte) length).put((byte) form)
                .array();
    }

    @Example
    void whatServersSignIsSane() {
        for (int scheme : new int[]{0x0403, 0x0503, 0x0603, 0x0804, 0x0805, 0x0806}) {
            assertTrue(HandshakeContent.isSane(scheme, verify("server", 32)));
            assertTrue(HandshakeContent.isSane(scheme, verify("server", 48)));
        }
        for (int scheme : ALL) {
            assertTrue(HandshakeContent.isSane(scheme, exchange(3, 29, 32, 77)));
            assertTrue(HandshakeContent.isSane(scheme, exchange(3, 23, 65, 4)));
            assertTrue(HandshakeContent.isSane(scheme, exchange(3, 24, 97, 4)));
            assertTrue(HandshakeContent.isSane(scheme, exchange(3, 25, 133, 4)));
        }
    }

    @Example
    void otherUsesOfAKeyAreNot() {
        assertFalse(HandshakeContent.isSane(ECDSA, verify("client", 32)));
        assertFalse(HandshakeContent.isSane(ECDSA, verify("server", 31)));
        assertFalse(HandshakeContent.isSane(ECDSA, verify("server", 0)));
        assertFalse(HandshakeContent.isSane(ECDSA, verify("server", 64)));
        // TLS 1.3 knows neither RSASSA-PKCS1-v1_5 nor SHA-1.
        for (int scheme : new int[]{0x0201, 0x0203, 0x0401, 0x0501, 0x0601, 0xff01}) {
            assertFalse(HandshakeContent.isSane(scheme, verify("server", 32)));
        }
        assertFalse(HandshakeContent.isSane(PKCS1, exchange(1, 29, 32, 7)));
        assertFalse(HandshakeContent.isSane(PKCS1, exchange(3, 23, 65, 2)));
        assertFalse(HandshakeContent.isSane(PKCS1, exchange(3, 23, 64, 4)));
        assertFalse(HandshakeContent.isSane(PKCS1, exchange(3, 29, 33, 4)));
        assertFalse(HandshakeContent.isSane(PKCS1, exchange(3, 22, 65, 4)));
        assertFalse(HandshakeContent.isSane(PKCS1, Arrays.copyOf(exchange(3, 29, 32, 7), 101)));
        assertFalse(HandshakeContent.isSane(PKCS1, Arrays.copyOf(exchange(3, 29, 32, 7), 68)));
        assertFalse(HandshakeContent.isSane(PKCS1, new byte[0]));
        for (int scheme : new int[]{0, -1, 0x0807, 0x0808, 0x0809, 0x10403, 0x0402}) {
            assertFalse(HandshakeContent.isSane(scheme, exchange(3, 29, 32, 7)));
        }
    }

    @Property(tries = 500, seed = "2026", shrinking = ShrinkingMode.OFF)
    void oneOtherOctetBeforeTheDigestIsOneTooMany(@ForAll @IntRange(max = 97) int at, @ForAll byte other) {
        byte[] content = verify("server", 32);
        boolean same = content[at] == other;
        content[at] = other;
        assertEquals(same, HandshakeContent.isSane(ECDSA, content));
    }

    @Property(tries = 1000, seed = "2026", shrinking = ShrinkingMode.OFF)
    void octetsOfAnyKindAreNot(@ForAll byte[] content) {
        for (int scheme : ALL) {
            assertFalse(HandshakeContent.isSane(scheme, content));
        }
    }
}
