package org.relayd.runtime.tls.boringssl;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.HexFormat;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.relayd.runtime.tls.StreamEnd;
import org.relayd.runtime.tls.TlsEngine;
import org.relayd.runtime.tls.TlsGarbageContract;

/** What streams of BoringSSL make of garbage. */
class BoringSslGarbageTest extends TlsGarbageContract {
    private final BoringSsl engine = Engines.make();

    @Override
    protected TlsEngine engine() {
        return engine;
    }

    @AfterEach
    void nothingIsLeft() {
        closeAll();
        Engines.assertNothingIsLeft(engine);
    }

    @Test
    void clientThatClosesDuringTheHandshakeIsGone() {
        StreamEnd server = new StreamEnd(server());
        afterwards(server::release);
        server.begin();
        server.take(new byte[]{21, 3, 3, 0, 2, 1, 0});
        assertEquals("GONE closed during the handshake", failed(server));
        assertEquals(0, server.outgoing().length);
    }

    @ParameterizedTest
    @CsvSource({"0000000000,PROTOCOL not TLS", "1603014801,PROTOCOL record too long",
            "160301000401ffffff,PROTOCOL message too long",
            "15030100020250,ALERT alert internal error", "1503010002024e,ALERT alert 78",
            "15030100020209,ALERT alert 9", "15030100020528,PROTOCOL unknown alert type"})
    void reasonsAreShort(String hex, String reason) {
        StreamEnd server = new StreamEnd(server());
        afterwards(server::release);
        server.begin();
        server.take(HexFormat.of().parseHex(hex));
        server.take(new byte[20_000]);
        assertEquals(reason, failed(server));
    }
}
