package org.relayd.runtime.tls;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.relayd.ir.term.TlsVersion;
import org.relayd.runtime.tls.ServerPolicy.CommonPolicy;
import org.relayd.runtime.tls.TestCertificates.KeyKind;
import org.relayd.runtime.tls.TestCertificates.Wanted;
import org.relayd.runtime.tls.TlsEngine.ClientContext;
import org.relayd.runtime.tls.TlsEngine.Context;
import org.relayd.runtime.tls.TlsStream.State;

/** What streams are, whichever library makes them. */
public abstract class TlsStreamContract extends EngineFixture {

    /** Returns whether sealing goes on after a close_notify in a version. */
    protected boolean halfCloses(TlsVersion version) {
        return true;
    }

    private static String shown(StreamEnd client) {
        List<X509Certificate> peer = client.stream().facts().peer();
        return peer.getFirst().getSubjectX500Principal().getName();
    }

    @ParameterizedTest
    @EnumSource(value = TlsVersion.class, names = {"TLSV1_2", "TLSV1_3"})
    void bothEndsAgreeOnTheVersionThatOneHas(TlsVersion version) {
        Context server = server(serving(common(version), LEAF.identity()));
        try (Connection made = connect(client(), server)) {
            assertEquals(State.OPEN, made.client().stream().state());
            assertEquals(State.OPEN, made.server().stream().state());
            String name = version == TlsVersion.TLSV1_2 ? "TLSv1.2" : "TLSv1.3";
            assertEquals(name, made.client().stream().facts().version());
            assertEquals(name, made.server().stream().facts().version());
            assertEquals(made.client().stream().facts().cipher(), made.server().stream().facts().cipher());
            assertFalse(made.server().stream().facts().isResumed());
            assertEquals(List.of(), made.server().stream().facts().peer());
            assertEquals(LEAF.chain(), made.client().stream().facts().peer());
            made.echo();
        }
    }

    @Test
    void endsWithoutACommonVersionFail() {
        TlsSide old = client(common(TlsVersion.TLSV1_2), Optional.empty()).towards("www.example.com");
        Connection made = connect(old, server(serving(common(TlsVersion.TLSV1_3), LEAF.identity())));
        assertTrue(failed(made.server()).startsWith("PROTOCOL "), () -> failed(made.server()));
        assertTrue(failed(made.client()).startsWith("ALERT "), () -> failed(made.client()));
    }

    @Test
    void nameChoosesTheCertificate() {
        TestCertificates exact = ROOT.leaf("mail.example.org");
        TestCertificates wild = ROOT.leaf("*.example.org");
        Context server = server(serving(modern(), LEAF.identity(), exact.identity(), wild.identity()));
        ClientContext client = client(modern(), Optional.empty());
        assertEquals("CN=mail.example.org", shown(connect(client.towards("mail.example.org"), server).client()));
        assertEquals("CN=mail.example.org", shown(connect(client.towards("MAIL.example.ORG."), server).client()));
        assertEquals("CN=*.example.org", shown(connect(client.towards("any.example.org"), server).client()));
        assertEquals("CN=www.example.com", shown(connect(client.towards("a.b.example.org"), server).client()));
        assertEquals("CN=www.example.com", shown(connect(client.towards("example.org"), server).client()));
        assertEquals("CN=www.example.com", shown(connect(client.towards("192.0.2.1"), server).client()));
        assertEquals("CN=www.example.com", shown(connect(client.towardsAny(), server).client()));
    }

    @Test
    void serverKnowsTheNameThatWasAskedFor() {
        Context server = server();
        ClientContext client = client(modern(), Optional.empty());
        assertEquals(Optional.of("www.example.com"),
                connect(client.towards("WWW.Example.COM"), server).server().stream().facts().serverName());
        assertEquals(Optional.empty(), connect(client.towards("192.0.2.1"), server).server().stream().facts()
                .serverName());
        assertEquals(Optional.empty(), connect(client.towards("2001:db8::1"), server).server().stream().facts()
                .serverName());
        assertEquals(Optional.empty(), connect(client.towardsAny(), server).server().stream().facts().serverName());
    }

    @ParameterizedTest
    @EnumSource(value = TlsVersion.class, names = {"TLSV1_2", "TLSV1_3"})
    void eachEndMayEndFirst(TlsVersion version) {
        Context server = server(serving(common(version), LEAF.identity()));
        Connection made = connect(client(), server);
        made.client().send("question".getBytes(StandardCharsets.UTF_8));
        made.client().finish();
        made.ends().settle();
        assertEquals(State.ENDED, made.server().stream().state());
        assertEquals("question", new String(made.server().received(), StandardCharsets.UTF_8));
        if (!halfCloses(version)) {
            assertEquals(State.ENDED, made.client().stream().state());
            return;
        }
        assertEquals(State.OPEN, made.client().stream().state());
        made.server().send("answer".getBytes(StandardCharsets.UTF_8));
        made.server().finish();
        made.ends().settle();
        assertEquals("answer", new String(made.client().received(), StandardCharsets.UTF_8));
        assertEquals(State.ENDED, made.client().stream().state());
        made.client().finish();
        assertEquals(0, made.client().stream().produced());

        Connection other = connect(client(), server);
        other.server().finish();
        other.ends().settle();
        assertEquals(State.ENDED, other.client().stream().state());
        other.client().send("late".getBytes(StandardCharsets.UTF_8));
        other.ends().settle();
        assertEquals("late", new String(other.server().received(), StandardCharsets.UTF_8));
        assertEquals(State.OPEN, other.server().stream().state());
    }

    @ParameterizedTest
    @EnumSource(value = TlsVersion.class, names = {"TLSV1_2", "TLSV1_3"})
    void lastBytesMayGoWithTheEnd(TlsVersion version) {
        Connection made = connect(client(), server(serving(common(version), LEAF.identity())));
        byte[] last = new byte[40_000];
        new Random(1).nextBytes(last);
        made.server().sendLast(last);
        made.ends().settle();
        assertArrayEquals(last, made.client().received());
        assertEquals(State.ENDED, made.client().stream().state());
        made.server().finish();
        assertEquals(0, made.server().stream().produced());
    }

    @Test
    void largePiecesAreCarriedWhole() {
        Connection made = connect(client(), server());
        byte[] much = new byte[3 * TlsMemory.PIECE + 12_345];
        new Random(1).nextBytes(much);
        made.client().send(much);
        made.server().send(much);
        made.ends().settle();
        assertArrayEquals(much, made.server().received());
        assertArrayEquals(much, made.client().received());
    }

    /** Makes the stream of a side and begins. */
    private StreamEnd alone(TlsSide side) {
        StreamEnd end = new StreamEnd(side);
        afterwards(end::release);
        end.begin();
        return end;
    }

    @Test
    void keysOfTwoKindsServeTheirClients() {
        TestCertificates rsa = ROOT.leaf(Wanted.of("www.example.com").with(KeyKind.RSA));
        Context server = server(serving(modern(), LEAF.identity(), rsa.identity()));
        for (String kind : List.of("ECDSA", "RSA")) {
            CommonPolicy one = new CommonPolicy(Set.of(TlsVersion.TLSV1_2), "ECDHE-" + kind + "-AES128-GCM-SHA256",
                    List.of());
            Connection made = connect(client(one, Optional.empty()).towards("www.example.com"), server);
            assertEquals(kind.equals("RSA") ? rsa.chain() : LEAF.chain(), made.client().stream().facts().peer());
        }
    }

    @Test
    void anOtherCertificateIsShownForOneConnection() throws TlsException {
        TestCertificates made = ROOT.leaf("made.example.net");
        Context base = server();
        Context showing = engine().showing(base, made.identity());
        afterwards(showing::close);
        assertEquals(made.chain(), connect(client(), showing).client().stream().facts().peer());
        assertEquals(LEAF.chain(), connect(client(), base).client().stream().facts().peer());
    }

    @Test
    void protocolsAreChosenInOrderAndNeedNotBe() {
        Context server = server(TestPolicies.speaking(serving(modern(), LEAF.identity()), "http/1.1"));
        Connection made = connect(client(), server);
        assertEquals(Optional.empty(), made.server().stream().facts().protocol());
        made.echo();
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET / HTTP/1.1", "POST /x HTTP/1.0", "HEAD / HTTP/1.1", "CONNECT a:443 HTTP/1.1"})
    void httpIsToldApartAndUnanswered(String line) {
        StreamEnd server = alone(server());
        for (byte letter : line.getBytes(StandardCharsets.US_ASCII)) {
            if (server.stream().state() == State.HANDSHAKE) {
                server.take(new byte[]{letter});
            }
        }
        assertTrue(failed(server).startsWith("PLAIN_HTTP "), () -> failed(server));
        assertEquals(0, server.outgoing().length);
    }

    @ParameterizedTest
    @ValueSource(strings = {"SSH-2.0-OpenSSH_9.2\r\n", "\0\0\0\0\0\0\0\0\0\0\0\0", "\26\3\1\377\377\1\377",
            "PROXY TCP4 192.0.2.1 192.0.2.2 1 2\r\n", "\200\56\1\0\2\0\25\0\0\0\20\1\0\200\2\0"})
    void whatIsNoTlsIsRefusedInAFewWords(String first) {
        StreamEnd server = alone(server());
        server.take(first.getBytes(StandardCharsets.ISO_8859_1));
        assertTrue(failed(server).matches("PROTOCOL [a-z0-9][ -~]{0,150}"), () -> failed(server));
        assertTrue(server.outgoing().length < 100);
    }

    @ParameterizedTest
    @EnumSource(value = TlsVersion.class, names = {"TLSV1_2", "TLSV1_3"})
    void clientsWithoutACertificateAreRefusedWhereTheyNeedOne(TlsVersion version) {
        Context server = server(TestPolicies.asking(serving(common(version), LEAF.identity()),
                TestPolicies.only(LEAF.certificate(), elsewhere)));
        Connection made = connect(client(), server);
        assertTrue(failed(made.server()).startsWith("CERTIFICATE "), () -> failed(made.server()));
        assertTrue(failed(made.client()).startsWith("ALERT alert "), () -> failed(made.client()));
    }

    @ParameterizedTest
    @EnumSource(value = TlsVersion.class, names = {"TLSV1_2", "TLSV1_3"})
    void certificatesOfServersAreVerifiedElsewhere(TlsVersion version) {
        Context server = server(serving(common(version), LEAF.identity()));
        connect(client(modern(), Optional.of(TestPolicies.only(LEAF.certificate(), elsewhere)))
                .towards("www.example.com"), server).echo();
        PeerVerifier other = TestPolicies.only(ROOT.certificate(), elsewhere);
        Connection bad = connect(client(modern(), Optional.of(other)).towards("www.example.com"), server);
        assertEquals("CERTIFICATE certificate is not known to www.example.com", failed(bad.client()));
        assertTrue(failed(bad.server()).startsWith("ALERT alert "), () -> failed(bad.server()));
    }

    @ParameterizedTest
    @EnumSource(value = TlsVersion.class, names = {"TLSV1_2", "TLSV1_3"})
    void sessionsAreResumedWithTheSameTarget(TlsVersion version) {
        Context server = server(TestPolicies.remembering(serving(common(version), LEAF.identity()),
                TestPolicies.ticketKeys()));
        ClientContext clients = client(modern(), Optional.empty());
        TlsSide target = clients.towards("www.example.com");
        for (boolean again : List.of(false, true, true)) {
            Connection made = connect(target, server);
            made.echo();
            assertEquals(again, made.client().stream().facts().isResumed());
            assertEquals(again, made.server().stream().facts().isResumed());
            assertEquals(Optional.of("www.example.com"), made.server().stream().facts().serverName());
            assertEquals(again ? List.of() : LEAF.chain(), made.client().stream().facts().peer());
        }
        assertFalse(connect(clients.towards("other.example.com"), server).client().stream().facts().isResumed());
    }

    @ParameterizedTest
    @EnumSource(value = TlsVersion.class, names = {"TLSV1_2", "TLSV1_3"})
    void clientsNeedNotResume(TlsVersion version) throws TlsException {
        Context server = server(TestPolicies.remembering(serving(common(version), LEAF.identity()),
                TestPolicies.ticketKeys()));
        ClientContext clients = engine().client(new ClientPolicy(modern(), Optional.empty(), false));
        afterwards(clients::close);
        TlsSide target = clients.towards("www.example.com");
        for (int round = 0; round < 3; round++) {
            Connection made = connect(target, server);
            made.echo();
            assertFalse(made.client().stream().facts().isResumed());
        }
    }

    @Test
    void nothingIsResumedWhereNothingIsRemembered() {
        Context server = server();
        for (TlsVersion version : List.of(TlsVersion.TLSV1_2, TlsVersion.TLSV1_3)) {
            TlsSide target = client(common(version), Optional.empty()).towards("www.example.com");
            connect(target, server).echo();
            assertFalse(connect(target, server).client().stream().facts().isResumed());
        }
    }

    @Test
    void aChangedRecordEndsTheConnection() {
        Connection made = connect(client(), server());
        made.client().send("hello".getBytes(StandardCharsets.UTF_8));
        byte[] record = made.client().carry(Integer.MAX_VALUE);
        record[record.length - 1] ^= 1;
        made.server().take(record);
        assertTrue(failed(made.server()).startsWith("PROTOCOL "), () -> failed(made.server()));
        assertEquals(0, made.server().received().length);
    }

    @Test
    void policiesThatNothingIsLeftOfAreRefused() {
        CommonPolicy weak = new CommonPolicy(Set.of(TlsVersion.TLSV1_2), "NULL", List.of());
        assertThrows(TlsException.class, () -> engine().server(serving(weak, LEAF.identity())));
        Identity stranger = new Identity(ROOT.leaf("other.example.com").chain(), LEAF.identity().key(),
                Optional.empty(), List.of());
        assertThrows(TlsException.class, () -> engine().server(serving(modern(), stranger)));
    }

    @Test
    void releaseIsHarmlessAtEveryStep() {
        PeerVerifier verifier = TestPolicies.only(LEAF.certificate(), elsewhere);
        Context server = server(TestPolicies.asking(serving(modern(), LEAF.identity()), verifier));
        TlsSide client = client(modern(), Optional.of(verifier)).towardsAny();
        for (int steps = 0; steps < 12; steps++) {
            StreamEnd one = alone(client);
            StreamEnd other = alone(server);
            for (int step = 0; step < steps; step++) {
                StreamEnd from = step % 2 == 0 ? one : other;
                StreamEnd to = step % 2 == 0 ? other : one;
                if (to.isReady() && to.stream().state() != State.FAILED) {
                    to.take(from.carry(Integer.MAX_VALUE));
                } else {
                    to.turn();
                }
            }
            one.release();
            other.release();
            elsewhere.runAll();
            one.turn();
            other.turn();
        }
    }
}
