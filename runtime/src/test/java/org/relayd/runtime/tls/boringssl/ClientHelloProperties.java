package org.relayd.runtime.tls.boringssl;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.constraints.IntRange;
import org.relayd.runtime.tls.SslEngineEnd;

class ClientHelloProperties {
    private static final byte[] HELLO = hello();
    private static final Set<Integer> SUITES = ClientHello.suites(HELLO).orElseThrow();

    private static byte[] hello() {
        SSLEngine engine = SslEngineEnd.engine(true);
        engine.setEnabledCipherSuites(new String[]{"TLS_AES_128_GCM_SHA256",
                "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256", "TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA"});
        try {
            ByteBuffer written = ByteBuffer.allocate(engine.getSession().getPacketBufferSize());
            engine.beginHandshake();
            engine.wrap(ByteBuffer.allocate(0), written);
            return Arrays.copyOf(written.array(), written.position());
        } catch (SSLException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** Divides the message into records of a length. */
    private static byte[] divided(int length) {
        ByteBuffer all = ByteBuffer.allocate(HELLO.length * 6);
        for (int at = 5; at < HELLO.length; at += length) {
            int count = Math.min(length, HELLO.length - at);
            all.put(HELLO, 0, 3).putShort((short) count).put(HELLO, at, count);
        }
        return Arrays.copyOf(all.array(), all.position());
    }

    @Property(tries = 100, seed = "2026", shrinking = ShrinkingMode.OFF)
    void suitesAreReadHoweverTheyAreDivided(@ForAll @IntRange(min = 1, max = 400) int length) {
        assertEquals(Optional.of(SUITES), ClientHello.suites(divided(length)));
        assertEquals(Set.of(0x1301, 0xc02b, 0xc014),
                SUITES.stream().filter(suite -> suite != 0xff).collect(Collectors.toSet()));
    }

    @Property(tries = 300, seed = "2026", shrinking = ShrinkingMode.OFF)
    void helloThatIsCutHasAllOfThemOrNone(@ForAll @IntRange(max = 1000) int length) {
        Optional<Set<Integer>> read = ClientHello.suites(Arrays.copyOf(HELLO, Math.min(length, HELLO.length)));
        assertTrue(Stream.of(Optional.empty(), Optional.of(SUITES)).anyMatch(read::equals));
    }

    @Property(tries = 1000, seed = "2026", shrinking = ShrinkingMode.OFF)
    void octetsOfAnyKindHurtNobody(@ForAll byte[] octets, @ForAll @IntRange(max = 1000) int at, @ForAll byte other) {
        ClientHello.suites(octets);
        byte[] damaged = HELLO.clone();
        damaged[at % damaged.length] = other;
        ClientHello.suites(damaged);
    }
}
