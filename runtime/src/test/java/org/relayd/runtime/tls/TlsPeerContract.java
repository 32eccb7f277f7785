package org.relayd.runtime.tls;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLParameters;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.relayd.runtime.tls.TestCertificates.Wanted;
import org.relayd.runtime.tls.TlsEngine.ClientContext;
import org.relayd.runtime.tls.TlsEngine.Context;
import org.relayd.runtime.tls.TlsStream.State;
import org.relayd.runtime.tls.trust.CertificatePurpose;

/** What streams think of those at the other end, whichever library makes them. */
public abstract class TlsPeerContract extends EngineFixture {
    private static final TestCertificates STRANGER = TestCertificates.root("Another Root");

    /** Makes a context that trusts {@link #ROOT}. */
    protected ClientContext verifying() {
        return client(modern(), Optional.of(trusting(CertificatePurpose.SERVER)));
    }

    private Connection verified(TestCertificates shown, String name) {
        return connect(verifying().towards(name), server(serving(modern(), shown.identity())));
    }

    @Test
    void clientAcceptsACertificateOfAKnownAuthority() {
        Connection made = verified(ROOT.intermediate("Below").leaf("www.example.com"), "www.example.com");
        assertEquals(State.OPEN, made.client().stream().state());
        assertEquals(2, made.client().stream().facts().peer().size());
        made.echo();
    }

    @Test
    void clientRefusesAStranger() {
        Connection made = verified(STRANGER.leaf("www.example.com"), "www.example.com");
        assertEquals("CERTIFICATE unknown authority", failed(made.client()));
        assertTrue(failed(made.server()).startsWith("ALERT "), () -> failed(made.server()));
    }

    @Test
    void clientRefusesAnExpiredCertificate() {
        Connection made = verified(ROOT.leaf(Wanted.of("www.example.com").expired()), "www.example.com");
        assertEquals("CERTIFICATE certificate has expired", failed(made.client()));
        assertTrue(failed(made.server()).startsWith("ALERT "), () -> failed(made.server()));
    }

    @Test
    void clientRefusesAnotherName() {
        Connection made = verified(ROOT.leaf("ftp.example.com"), "www.example.com");
        assertEquals("CERTIFICATE certificate is for ftp.example.com", failed(made.client()));
        assertEquals("CERTIFICATE certificate is for ftp.example.com",
                failed(verified(ROOT.leaf("ftp.example.com"), "192.0.2.1").client()));
    }

    @Test
    void clientWithoutANameAcceptsAnyNameOfAKnownAuthority() {
        Context server = server(serving(modern(), ROOT.leaf("ftp.example.com").identity()));
        assertEquals(State.OPEN, connect(verifying().towardsAny(), server).client().stream().state());
    }

    @Test
    void clientWithoutAVerifierAcceptsEverything() {
        Context server = server(serving(modern(), STRANGER.leaf(Wanted.of("a.b").expired()).identity()));
        assertEquals(State.OPEN, connect(client(), server).client().stream().state());
    }

    /** A verifier that fails in a way that it must not. */
    private record Broken(Executor executor) implements PeerVerifier {
        @Override
        public void verify(List<X509Certificate> chain, Optional<String> name) {
            throw new IllegalStateException("broken");
        }

        @Override
        public List<X509Certificate> authorities() {
            return List.of();
        }
    }

    @Test
    void verifierThatThrowsFailsTheHandshakeOnly() {
        TlsSide client = client(modern(), Optional.of(new Broken(elsewhere))).towards("www.example.com");
        Connection made = connect(client, server());
        assertEquals(State.FAILED, made.client().stream().state());
        assertTrue(failed(made.server()).startsWith("ALERT "), () -> failed(made.server()));
    }

    @Test
    void verifierWithoutRoomFailsTheHandshakeOnly() {
        Executor full = task -> {
            throw new RejectedExecutionException("full");
        };
        TlsSide client = client(modern(), Optional.of(new Broken(full))).towards("www.example.com");
        Connection made = connect(client, server());
        assertTrue(failed(made.client()).contains("too many certificates"), () -> failed(made.client()));
        assertTrue(failed(made.server()).startsWith("ALERT "), () -> failed(made.server()));
    }

    private StreamEnd shown(String version, TestCertificates... certificates) {
        SSLEngine engine = SslEngineEnd.engine(true, certificates);
        engine.setEnabledProtocols(new String[]{version});
        PeerVerifier clients = trusting(CertificatePurpose.CLIENT);
        return connect(new SslEngineEnd(engine),
                server(TestPolicies.asking(serving(modern(), LEAF.identity()), clients)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void serverAsksForCertificatesOfItsAuthorities(String version) {
        TestCertificates mine = ROOT.leaf(Wanted.of("me.example.com").client());
        // The client chooses by the names of authorities: it has one of another as well.
        StreamEnd server = shown(version, STRANGER.leaf(Wanted.of("x.example.com").client()), mine);
        assertEquals(State.OPEN, server.stream().state());
        assertEquals(mine.chain(), server.stream().facts().peer());
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void serverRefusesClientsWithoutACertificate(String version) {
        assertTrue(failed(shown(version)).startsWith("CERTIFICATE "), () -> failed(shown(version)));
        // It is not for clients: their library shows none.
        assertTrue(failed(shown(version, STRANGER.leaf(Wanted.of("x.example.com").client())))
                .startsWith("CERTIFICATE "));
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void serverRefusesExpiredCertificatesAndStrangers(String version) {
        assertEquals("CERTIFICATE certificate has expired",
                failed(shown(version, ROOT.leaf(Wanted.of("me.example.com").client().expired()))));
        TestCertificates pretender = TestCertificates.root("Contract Root");
        assertEquals("CERTIFICATE unknown authority",
                failed(shown(version, pretender.leaf(Wanted.of("me.example.com").client()))));
    }

    @Test
    void bytesThatComeWhileTheServerWaitsAreKept() {
        TestCertificates mine = ROOT.leaf(Wanted.of("me.example.com").client());
        PeerVerifier clients = trusting(CertificatePurpose.CLIENT);
        SslEngineEnd client = new SslEngineEnd(SslEngineEnd.engine(true, mine));
        StreamEnd server = new StreamEnd(server(TestPolicies.asking(serving(modern(), LEAF.identity()), clients)));
        afterwards(server::release);
        server.begin();
        client.begin();
        while (client.engine().getHandshakeStatus() != HandshakeStatus.NOT_HANDSHAKING) {
            server.take(client.carry(Integer.MAX_VALUE));
            while (!server.isReady()) {
                assertTrue(elsewhere.runAll());
                server.turn();
            }
            client.take(server.carry(Integer.MAX_VALUE));
        }
        byte[] much = new byte[60_000];
        much[59_999] = 1;
        client.send(much);
        // With the certificate, and so before anybody has looked at that.
        server.take(client.carry(Integer.MAX_VALUE));
        assertEquals(State.WAITING, server.stream().state());
        new JoinedEnds(client, server, elsewhere).settle();
        assertEquals(State.OPEN, server.stream().state());
        assertArrayEquals(much, server.received());
    }

    private static SSLEngine offering(String... protocols) {
        SSLEngine engine = SslEngineEnd.engine(true);
        SSLParameters parameters = engine.getSSLParameters();
        parameters.setApplicationProtocols(protocols);
        engine.setSSLParameters(parameters);
        return engine;
    }

    @Test
    void serverChoosesAProtocolByItsOwnOrder() {
        Context server = server(TestPolicies.speaking(serving(modern(), LEAF.identity()), "http/1.1", "http/1.0"));
        SSLEngine client = offering("h2", "http/1.0", "http/1.1");
        StreamEnd end = connect(new SslEngineEnd(client), server);
        assertEquals(Optional.of("http/1.1"), end.stream().facts().protocol());
        assertEquals("http/1.1", client.getApplicationProtocol());
    }

    @Test
    void serverGoesOnWithoutACommonProtocol() {
        Context server = server(TestPolicies.speaking(serving(modern(), LEAF.identity()), "http/1.1"));
        for (String[] offered : new String[][]{{"h2"}, {}}) {
            StreamEnd end = connect(new SslEngineEnd(offering(offered)), server);
            assertEquals(State.OPEN, end.stream().state());
            assertEquals(Optional.empty(), end.stream().facts().protocol());
        }
    }

    @Test
    void keyUpdatesAreAnswered() {
        SslEngineEnd client = new SslEngineEnd(SslEngineEnd.engine(true));
        StreamEnd server = new StreamEnd(server());
        afterwards(server::release);
        JoinedEnds ends = new JoinedEnds(client, server, elsewhere).shake();
        for (int i = 0; i < 3; i++) {
            client.begin(); // asks the server to update its keys as well
            client.send("ping".getBytes(StandardCharsets.UTF_8));
            ends.settle();
            server.send("pong".getBytes(StandardCharsets.UTF_8));
            ends.settle();
        }
        assertEquals("pingpingping", new String(server.received(), StandardCharsets.UTF_8));
        assertEquals("pongpongpong", new String(client.received(), StandardCharsets.UTF_8));
        assertEquals(Optional.empty(), client.failure());
    }

    @Test
    void renegotiationIsRefused() {
        SSLEngine engine = SslEngineEnd.engine(true);
        engine.setEnabledProtocols(new String[]{"TLSv1.2"});
        SslEngineEnd client = new SslEngineEnd(engine);
        StreamEnd server = new StreamEnd(server());
        afterwards(server::release);
        JoinedEnds ends = new JoinedEnds(client, server, elsewhere).shake();
        client.begin();
        ends.settle();
        assertTrue(failed(server).startsWith("PROTOCOL "), () -> failed(server));
    }
}
