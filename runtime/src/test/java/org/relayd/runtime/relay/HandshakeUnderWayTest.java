package org.relayd.runtime.relay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.relayd.ir.config.Filter;
import org.relayd.ir.config.GlobalSettings.ConnectionLog;
import org.relayd.ir.config.Protocol;
import org.relayd.ir.config.Relay.KeyPairFiles;
import org.relayd.ir.config.TlsSettings;
import org.relayd.ir.plan.RelayGraph;
import org.relayd.ir.plan.RelayPath;
import org.relayd.ir.term.Dialect;
import org.relayd.ir.term.EntityType;
import org.relayd.runtime.SocketKind;
import org.relayd.runtime.parent.local.LocalKeys;
import org.relayd.runtime.parent.local.LocalSockets;
import org.relayd.runtime.platform.NatLookup;
import org.relayd.runtime.relay.http.RuleSource;
import org.relayd.runtime.relay.session.RelaySettings;
import org.relayd.runtime.relay.tls.RelayContexts;
import org.relayd.runtime.tls.TestCertificates;
import org.relayd.runtime.tls.boringssl.BoringSsl;
import org.relayd.runtime.tls.boringssl.Engines;
import org.relayd.runtime.relay.wire.KeptLimit;

/** Reloads and the end of the daemon, while a client has come and not shaken hands yet, or just has. */
class HandshakeUnderWayTest {
    private static final RelaySettings SETTINGS = new RelaySettings(Dialect.CURRENT, ConnectionLog.ALL);
    private static final TestCertificates ROOT = TestCertificates.root("Test Root");
    private static final String ANSWER = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";

    private final BoringSsl library = Engines.make();
    private ServerSocket server;
    private int port;

    @TempDir
    private Path folder;

    @BeforeEach
    void listen() throws IOException {
        server = Peers.listen();
        Files.writeString(folder.resolve("root.pem"), ROOT.certificatePem());
        TestCertificates own = ROOT.leaf("127.0.0.1");
        Files.writeString(folder.resolve("www.crt"), own.chainPem());
        Files.writeString(folder.resolve("www.key"), own.keyPem());
        port = new Paths().port();
    }

    @AfterEach
    void nothingIsLeft() throws IOException {
        server.close();
        Engines.assertNothingIsLeft(library);
    }

    private Paths path(Optional<String> clientCa) {
        TlsSettings plain = TlsSettings.defaults(Dialect.CURRENT);
        TlsSettings settings = new TlsSettings(plain.versions(), plain.ciphers(), plain.ecdhe(), plain.edh(),
                plain.serverPreference(), false, false, plain.sessionCache(), Optional.empty(), Optional.empty(),
                Optional.empty(), clientCa.map(name -> folder.resolve(name).toString()), List.of());
        return new Paths().port(port).to(server.getLocalPort()).tls(settings,
                new KeyPairFiles(folder.resolve("www.crt").toString(), folder.resolve("www.key").toString(),
                        Optional.empty()));
    }

    private Paths http(Optional<String> clientCa, RuleSource... rules) {
        return path(clientCa).http(Protocol.HttpSettings.defaults(),
                Optional.of(new Protocol.ErrorPages(Optional.empty())), new Filter.Rules(RuleSource.rules(rules)));
    }

    private RunningEngine start(Paths path) throws RelayStartException {
        SocketKind kind = SocketKind.ofThisMachine();
        return RunningEngine.on(EngineLoops.start(kind, 1, KeptLimit.none()), new LocalSockets(kind, NatLookup.none()),
                new RelayContexts(new LocalKeys(), () -> library, System::nanoTime), path);
    }

    private static void reload(RunningEngine running, RelayPath... paths) throws RelayStartException {
        running.engine().prepare(new RelayGraph(1, List.of(paths)), SETTINGS).commit();
    }

    /** A client that says nothing, after the relay has begun its session. */
    private Socket come(RunningEngine running) throws IOException {
        Socket client = new Socket(InetAddress.getLoopbackAddress(), port);
        long end = System.nanoTime() + 10_000_000_000L;
        while (running.engine().sessions().isEmpty() && System.nanoTime() < end) {
            Thread.onSpinWait();
        }
        assertEquals(1, running.engine().sessions().size());
        return client;
    }

    private void ask(Socket client, String path) throws IOException {
        Peers.send(client, "GET " + path + " HTTP/1.1\r\nHost: x\r\n\r\n");
    }

    private void serve(Socket client) throws IOException {
        ask(client, "/");
        try (Socket target = Peers.accept(server)) {
            Peers.readUntil(target, "\r\n\r\n");
            Peers.send(target, ANSWER);
            assertEquals(ANSWER, Peers.readUntil(client, "ok"));
        }
    }

    @Test
    void theFirstRequestIsForTheRulesThatHoldThen() throws Exception {
        try (RunningEngine running = start(http(Optional.empty())); Socket early = come(running)) {
            reload(running, http(Optional.empty(), RuleSource.block().on(EntityType.PATH, "/secret*")).build("r1", 1));
            try (SSLSocket client = TlsPeers.trusting(ROOT).over(early)) {
                ask(client, "/secret");
                assertTrue(Peers.readAll(client).startsWith("HTTP/1.0 403 "));
            }
            assertTrue(running.log().await("session 1 ").contains(", done"));
            assertTrue(running.log().await("session 2 ").contains("Forbidden"));
        }
    }

    @Test
    void aClientThatIsLetInUnderWeakerRulesHasToComeAgain() throws Exception {
        try (RunningEngine running = start(http(Optional.empty())); Socket early = come(running)) {
            reload(running, http(Optional.of("root.pem")).build("r1", 1));
            try (SSLSocket client = TlsPeers.trusting(ROOT).over(early)) {
                ask(client, "/");
                assertTrue(Peers.readAll(client).startsWith("HTTP/1.0 421 "));
            }
            assertTrue(running.log().await("session 2 ").contains("Misdirected Request (421 Misdirected Request)"));
        }
    }

    @Test
    void soHasOneThatWasServedBefore() throws Exception {
        try (RunningEngine running = start(http(Optional.empty()));
                SSLSocket client = TlsPeers.trusting(ROOT).connect(port)) {
            serve(client);
            reload(running, http(Optional.of("root.pem")).build("r1", 1));
            ask(client, "/");
            assertTrue(Peers.readAll(client).startsWith("HTTP/1.0 421 "));
        }
    }

    @Test
    void oneWhoseCertificateIsAskedForStillGoesOn() throws Exception {
        TestCertificates own = ROOT.leaf(TestCertificates.Wanted.of("user").client());
        try (RunningEngine running = start(http(Optional.of("root.pem")));
                SSLSocket client = TlsPeers.trusting(ROOT, own).connect(port)) {
            serve(client);
            reload(running,
                    http(Optional.of("root.pem"), RuleSource.block().on(EntityType.PATH, "/secret*")).build("r1", 1));
            serve(client);
            reload(running, http(Optional.empty()).build("r1", 1));
            serve(client);
        }
    }

    @Test
    void aRelayThatIsGoneServesWhoCameButAnswersNoRequest() throws Exception {
        try (RunningEngine running = start(http(Optional.empty())); Socket early = come(running)) {
            reload(running);
            try (SSLSocket client = TlsPeers.trusting(ROOT).over(early)) {
                assertEquals("", Peers.readAll(client));
            }
            assertTrue(running.log().await("session 1 ").contains(", done"));
        }
    }

    @Test
    void aRelayThatIsGoneCopiesForWhoCame() throws Exception {
        try (RunningEngine running = start(path(Optional.empty())); Socket early = come(running)) {
            reload(running);
            try (SSLSocket client = TlsPeers.trusting(ROOT).over(early); Socket target = Peers.accept(server)) {
                Peers.send(client, "hello");
                assertEquals("hello", Peers.read(target, 5));
            }
        }
    }

    @Test
    void aDaemonThatEndsClosesTheConnectionAndWritesNoLine() throws Exception {
        RunningEngine running = start(http(Optional.empty()));
        try (running; Socket early = come(running)) {
            running.close();
            assertEquals("", Peers.readAll(early));
            assertTrue(running.log().lines().stream().noneMatch(line -> line.contains("session 1")));
        }
    }
}
