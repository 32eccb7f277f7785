package org.relayd.runtime.relay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.relayd.ir.config.GlobalSettings.ConnectionLog;
import org.relayd.ir.config.Relay.KeyPairFiles;
import org.relayd.ir.config.RelayId;
import org.relayd.ir.config.TlsSettings;
import org.relayd.ir.plan.RelayGraph;
import org.relayd.ir.plan.RelayPath;
import org.relayd.ir.term.Dialect;
import org.relayd.runtime.SocketKind;
import org.relayd.runtime.parent.local.LocalKeys;
import org.relayd.runtime.parent.local.LocalSockets;
import org.relayd.runtime.platform.NatLookup;
import org.relayd.runtime.relay.session.RelaySettings;
import org.relayd.runtime.relay.tls.RelayContexts;
import org.relayd.runtime.tls.TestCertificates;
import org.relayd.runtime.tls.TestCertificates.Wanted;
import org.relayd.runtime.tls.TlsEngine;
import org.relayd.runtime.tls.boringssl.BoringSsl;
import org.relayd.runtime.tls.boringssl.Engines;
import org.relayd.runtime.tls.jdk.JdkTls;
import org.relayd.runtime.relay.wire.KeptLimit;

/** A reload whose configuration is the same and whose certificates are not. relayctl(8): reload. */
class RekeyedRelayTest {
    private static final RelaySettings SETTINGS = new RelaySettings(Dialect.CURRENT, ConnectionLog.ALL);
    private static final String HOST = "127.0.0.1";
    private static final TestCertificates ROOT = TestCertificates.root("Test Root");

    private final BoringSsl library = Engines.make();
    private final ExecutorService echoes = Executors.newVirtualThreadPerTaskExecutor();
    private ServerSocket server;
    private Paths path;

    @TempDir
    Path folder;

    @BeforeEach
    @SuppressWarnings("FutureReturnValueIgnored") // a client that breaks off is the test's business
    void startEcho() throws IOException {
        server = Peers.listen();
        echoes.submit(() -> {
            while (!server.isClosed()) {
                Socket client = server.accept();
                echoes.submit(() -> {
                    try (client) {
                        return client.getInputStream().transferTo(client.getOutputStream());
                    }
                });
            }
            return 0;
        });
        path = new Paths().to(server.getLocalPort()).tls(withTickets(Optional.empty()),
                new KeyPairFiles(file("www.crt"), file("www.key"), Optional.empty()));
    }

    @AfterEach
    void stopEcho() throws IOException {
        server.close();
        echoes.shutdownNow();
        Engines.assertNothingIsLeft(library);
    }

    private String file(String name) {
        return folder.resolve(name).toString();
    }

    private static TlsSettings withTickets(Optional<String> clientCa) {
        TlsSettings plain = TlsSettings.defaults(Dialect.CURRENT);
        return new TlsSettings(plain.versions(), plain.ciphers(), plain.ecdhe(), plain.edh(),
                plain.serverPreference(), false, true, plain.sessionCache(), Optional.empty(), Optional.empty(),
                Optional.empty(), clientCa, List.of());
    }

    private TestCertificates install(TestCertificates made) throws IOException {
        Files.writeString(folder.resolve("www.crt"), made.chainPem());
        Files.writeString(folder.resolve("www.key"), made.keyPem());
        return made;
    }

    private RunningEngine start() throws RelayStartException {
        return start(SocketKind.ofThisMachine(), library);
    }

    private RunningEngine start(SocketKind kind, TlsEngine by) throws RelayStartException {
        return RunningEngine.on(EngineLoops.start(kind, 1, KeptLimit.none()), new LocalSockets(kind, NatLookup.none()),
                new RelayContexts(new LocalKeys(), () -> by, System::nanoTime), path);
    }

    private Map<RelayId, RelayId> reload(RunningEngine running, RelayPath... paths) throws RelayStartException {
        return running.engine().prepare(new RelayGraph(1, List.of(paths)), SETTINGS).commit();
    }

    private void assertRefused(String why, RunningEngine running) {
        assertEquals("relay r1: " + why.replace("$", folder.toString()),
                assertThrows(RelayStartException.class, () -> reload(running, path.build("r1", 1))).getMessage());
    }

    private static void assertEchoes(SSLSocket client, String text) throws IOException {
        Peers.send(client, text);
        assertEquals(text, Peers.read(client, text.length()));
    }

    private static Object shown(SSLSocket client) throws SSLException {
        return client.getSession().getPeerCertificates()[0];
    }

    @Test
    void newCertificateIsForNewConnectionsAndOldOnesGoOn() throws Exception {
        reloadUnderWay(SocketKind.ofThisMachine(), library);
    }

    @Test
    void onOtherSystemsToo() throws Exception {
        reloadUnderWay(SocketKind.PORTABLE, new JdkTls());
    }

    private void reloadUnderWay(SocketKind kind, TlsEngine by) throws Exception {
        TestCertificates first = install(ROOT.leaf(HOST));
        try (RunningEngine running = start(kind, by); SSLSocket old = TlsPeers.trusting(ROOT).connect(path.port())) {
            assertEchoes(old, "before");
            TestCertificates second = install(ROOT.intermediate("Test Authority").leaf(HOST));
            assertEquals(Map.of(new RelayId(1), new RelayId(2)), reload(running, path.build("r1", 2)));
            running.log().awaitLine("info relay r1: certificates reloaded");
            assertEchoes(old, "after");
            assertEquals(first.certificate(), shown(old));
            try (SSLSocket young = TlsPeers.trusting(ROOT).connect(path.port())) {
                assertEchoes(young, "new");
                assertEquals(second.certificate(), shown(young));
            }
            assertEquals(2, running.engine().statistics().getFirst().sessions());
        }
    }

    @Test
    void noRequestFailsWhileCertificatesAreReplaced() throws Exception {
        install(ROOT.leaf(HOST));
        AtomicBoolean over = new AtomicBoolean();
        AtomicInteger requests = new AtomicInteger();
        try (RunningEngine running = start()) {
            List<Future<Integer>> clients = List.of(0, 1, 2, 3).stream().map(_ -> echoes.submit(() -> {
                while (!over.get()) {
                    try (SSLSocket client = TlsPeers.trusting(ROOT).connect(path.port())) {
                        assertEchoes(client, "request " + requests.incrementAndGet());
                    }
                }
                return requests.get();
            })).toList();
            for (int i = 0; i < 20; i++) {
                int before = requests.get();
                install(ROOT.leaf(HOST));
                reload(running, path.build("r1", 1));
                while (requests.get() < before + 4 && clients.stream().noneMatch(Future::isDone)) {
                    Thread.onSpinWait();
                }
            }
            over.set(true);
            for (Future<Integer> client : clients) {
                assertTrue(client.get(10, TimeUnit.SECONDS) >= 80);
            }
        }
    }

    @Test
    void certificateThatDoesNotLoadLeavesEverythingAsItWas() throws Exception {
        TestCertificates good = install(ROOT.leaf(HOST));
        try (RunningEngine running = start()) {
            int contexts = Engines.contexts(library);
            String whole = good.chainPem();
            Files.writeString(folder.resolve("www.crt"), whole.substring(0, whole.length() / 2));
            assertRefused("$/www.crt: certificate 1 of the file is cut off or damaged", running);
            Files.writeString(folder.resolve("www.crt"), ROOT.leaf(HOST).chainPem());
            assertRefused("$/www.key: the key does not fit the certificate", running);
            Files.delete(folder.resolve("www.crt"));
            assertRefused("$/www.crt: No such file or directory", running);
            install(good);
            Files.writeString(folder.resolve("www.key"), "");
            assertRefused("$/www.key: no private key in PEM is in it", running);
            assertEquals(contexts, Engines.contexts(library));
            try (SSLSocket client = TlsPeers.trusting(ROOT).connect(path.port())) {
                assertEchoes(client, "hello");
                assertEquals(good.certificate(), shown(client));
            }
            install(good);
            reload(running, path.build("r1", 1));
            assertTrue(running.log().lines().stream().noneMatch(line -> line.contains("reloaded")));
        }
    }

    @Test
    void relayDoesNotStartWithABrokenCertificate() throws Exception {
        install(ROOT.leaf(HOST));
        Files.writeString(folder.resolve("www.key"), ROOT.leaf(HOST).keyPem());
        assertEquals("relay r1: " + file("www.key") + ": the key does not fit the certificate",
                assertThrows(RelayStartException.class, this::start).getMessage());
    }

    @Test
    void unchangedFilesKeepTheContextsAndTickets() throws Exception {
        install(ROOT.leaf(HOST));
        try (RunningEngine running = start()) {
            TlsPeers client = TlsPeers.trusting(ROOT);
            long first = sessionSince(client);
            assertEquals(first, sessionSince(client));
            install(Files.readString(folder.resolve("www.crt")), Files.readString(folder.resolve("www.key")));
            reload(running, path.build("r1", 1));
            assertEquals(1, Engines.contexts(library));
            assertEquals(first, sessionSince(client));
        }
    }

    private void install(String certificate, String key) throws IOException {
        Files.delete(folder.resolve("www.crt"));
        Files.writeString(folder.resolve("www.crt"), certificate);
        Files.writeString(folder.resolve("www.key"), key);
    }

    /** Tells when the session began that a new connection speaks in: that of an earlier one if it is resumed. */
    private long sessionSince(TlsPeers client) throws IOException {
        try (SSLSocket socket = client.connect(path.port(), "TLSv1.2")) {
            assertEchoes(socket, "hello");
            return socket.getSession().getCreationTime();
        }
    }

    @Test
    void ticketsOutliveNewCertificatesAndOtherSettingsOfTheRelay() throws Exception {
        install(ROOT.leaf(HOST));
        try (RunningEngine running = start()) {
            TlsPeers client = TlsPeers.trusting(ROOT);
            long first = sessionSince(client);
            install(ROOT.leaf(HOST));
            reload(running, path.build("r1", 1));
            assertEquals(first, sessionSince(client));
            // The same policy on a relay that does something else now.
            reload(running, path.splice(false).build("r1", 1));
            assertEquals(first, sessionSince(client));
            reload(running, path.build("other", 1));
            assertNotEquals(first, sessionSince(client));
        }
    }

    @Test
    void otherAuthoritiesOfClientsEndTheirSessions() throws Exception {
        install(ROOT.leaf(HOST));
        TestCertificates clients = TestCertificates.root("Clients");
        Path bundle = Files.writeString(folder.resolve("ca.crt"), clients.certificatePem());
        path.tls(withTickets(Optional.of(bundle.toString())),
                new KeyPairFiles(file("www.crt"), file("www.key"), Optional.empty()));
        try (RunningEngine running = start()) {
            TlsPeers client = TlsPeers.trusting(ROOT, clients.leaf(Wanted.of("somebody").client()));
            long first = sessionSince(client);
            assertEquals(first, sessionSince(client));
            Files.writeString(bundle, TestCertificates.root("Others").certificatePem());
            reload(running, path.build("r1", 1));
            assertThrows(IOException.class, () -> sessionSince(client));
        }
    }

    @Test
    void manyReloadsLeaveNothingBehind() throws Exception {
        List<TestCertificates> two = List.of(ROOT.leaf(HOST), ROOT.leaf(HOST));
        install(two.getFirst());
        try (RunningEngine running = start(); SSLSocket old = TlsPeers.trusting(ROOT).connect(path.port())) {
            for (int i = 1; i <= 200; i++) {
                install(two.get(i % 2));
                reload(running, path.build("r1", 1));
            }
            // That of the old connection and that of now.
            assertEquals(2, Engines.contexts(library));
            assertEchoes(old, "still here");
            reload(running, path.splice(false).build("r1", 1));
            for (int i = 1; i <= 20; i++) {
                reload(running, path.timeout(Duration.ofMinutes(i)).build("r1", 1));
            }
            assertEchoes(old, "still here");
            assertTrue(Engines.contexts(library) <= 3);
        }
    }
}
