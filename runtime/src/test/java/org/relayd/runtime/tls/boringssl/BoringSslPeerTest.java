package org.relayd.runtime.tls.boringssl;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.SSLEngine;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.relayd.runtime.tls.Identity;
import org.relayd.runtime.tls.JoinedEnds;
import org.relayd.runtime.tls.OctetString;
import org.relayd.runtime.tls.SslEngineEnd;
import org.relayd.runtime.tls.StreamEnd;
import org.relayd.runtime.tls.TlsEngine;
import org.relayd.runtime.tls.TlsEngine.Context;
import org.relayd.runtime.tls.TlsPeerContract;
import org.relayd.runtime.tls.TlsStream.State;

/** What streams of BoringSSL think of others. */
class BoringSslPeerTest extends TlsPeerContract {
    private static final byte[] TRY_LATER = {0x30, 0x03, 0x0a, 0x01, 0x03};

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
    void handshakeWaitsForTheVerification() {
        StreamEnd client = new StreamEnd(verifying().towards("www.example.com"));
        StreamEnd server = new StreamEnd(server());
        server.begin();
        client.begin();
        server.take(client.carry(Integer.MAX_VALUE));
        client.take(server.carry(Integer.MAX_VALUE));
        assertEquals(State.WAITING, client.stream().state());
        assertEquals(1, elsewhere.waiting());
        JoinedEnds ends = new JoinedEnds(client, server, elsewhere);
        ends.settle();
        assertEquals(State.OPEN, client.stream().state());
        assertEquals(State.OPEN, server.stream().state());
        ends.close();
    }

    @Test
    void streamMayGoWhileItsCertificateIsVerified() {
        StreamEnd client = new StreamEnd(verifying().towards("www.example.com"));
        StreamEnd server = new StreamEnd(server());
        client.begin();
        server.take(client.carry(Integer.MAX_VALUE));
        client.take(server.carry(Integer.MAX_VALUE));
        client.release();
        client.release();
        assertTrue(elsewhere.runAll());
        client.turn();
        assertEquals(0, client.outgoing().length);
        server.release();
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void stapleIsShownWithItsCertificate(String version) {
        Identity plain = ROOT.leaf("plain.example.com").identity();
        Identity stapled = new Identity(LEAF.chain(), LEAF.identity().key(), Optional.of(new OctetString(TRY_LATER)),
                List.of("www.example.com"));
        Context server = server(serving(modern(), plain, stapled));
        SSLEngine engine = SslEngineEnd.engine(true);
        engine.setEnabledProtocols(new String[]{version});
        SslEngineEnd client = new SslEngineEnd(engine);
        StreamEnd end = connect(client, server);
        assertEquals(State.OPEN, end.stream().state(), () -> client.failure().orElse(""));
        List<byte[]> shown = ((ExtendedSSLSession) engine.getSession()).getStatusResponses();
        assertEquals(1, shown.size());
        assertArrayEquals(TRY_LATER, shown.getFirst());
    }
}
