package org.relayd.runtime.relay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.channel.epoll.EpollIoHandler;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.relayd.ir.config.GlobalSettings.ConnectionLog;
import org.relayd.ir.config.Relay.KeyPairFiles;
import org.relayd.ir.config.TlsSettings;
import org.relayd.ir.config.TlsSettings.CaKey;
import org.relayd.ir.plan.RelayGraph;
import org.relayd.runtime.relay.session.RelaySettings;
import org.relayd.ir.term.Dialect;
import org.relayd.runtime.SocketKind;
import org.relayd.runtime.parent.door.PlanAuthority;
import org.relayd.runtime.parent.keys.KeyKeeper;
import org.relayd.runtime.parent.keys.StreamSocket;
import org.relayd.runtime.parent.keys.linux.UnixStream;
import org.relayd.runtime.parent.local.LocalSockets;
import org.relayd.runtime.parent.remote.keys.DeskParent;
import org.relayd.runtime.parent.remote.keys.RemoteKeys;
import org.relayd.runtime.parent.remote.keys.linux.EpollLink;
import org.relayd.runtime.platform.NatLookup;
import org.relayd.runtime.relay.tls.RelayContexts;
import org.relayd.runtime.tls.TestCertificates;
import org.relayd.runtime.tls.TestCertificates.KeyKind;
import org.relayd.runtime.tls.TestCertificates.Wanted;
import org.relayd.runtime.tls.boringssl.BoringSsl;
import org.relayd.runtime.tls.boringssl.Engines;
import org.relayd.runtime.tls.jdk.JdkTls;
import org.relayd.runtime.relay.wire.KeptLimit;

/** Relays whose keys sign elsewhere, over a key stream of Linux. */
class KeysElsewhereTest {
    private static final TestCertificates ROOT = TestCertificates.root("Test Root");
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final BoringSsl library = Engines.make();
    private final RecordingLog parentLog = new RecordingLog();
    private final RecordingLog workerLog = new RecordingLog();
    private final Set<PlanAuthority> authorities = new HashSet<>();
    private final List<StreamSocket> streams = new CopyOnWriteArrayList<>();
    /** Taken while the parent is stopped. */
    private final Semaphore running = new Semaphore(1);
    private final KeyKeeper desk = new KeyKeeper(this::stream, parentLog, System::nanoTime);
    private final DeskParent parent = new DeskParent(desk, authorities);
    private final RemoteKeys keys = new RemoteKeys(parent, EpollLink::open, EpollIoHandler.newFactory(), workerLog,
            System::nanoTime);
    private ServerSocket server;
    private Paths path;

    @TempDir
    Path folder;

    private StreamSocket.Pair stream() throws IOException {
        StreamSocket.Pair pair = UnixStream.open();
        streams.add(pair.own());
        return new StreamSocket.Pair(new Stopped(pair.own()), pair.other());
    }

    /** The parent's end, while the parent may be stopped. */
    private final class Stopped implements StreamSocket {
        private final StreamSocket socket;

        Stopped(StreamSocket socket) {
            this.socket = socket;
        }

        @Override
        public int read(ByteBuffer into) throws IOException {
            int got = socket.read(into);
            running.acquireUninterruptibly();
            running.release();
            return got;
        }

        @Override
        public void write(ByteBuffer from) throws IOException {
            socket.write(from);
        }

        @Override
        public void close() {
            socket.close();
        }
    }

    @BeforeEach
    @SuppressWarnings("FutureReturnValueIgnored") // a client that breaks off is the test's business
    void startEcho() throws IOException {
        server = Peers.listen();
        server.setSoTimeout(0);
        threads.submit(() -> {
            while (!server.isClosed()) {
                Socket client = server.accept();
                threads.submit(() -> {
                    try (client) {
                        return client.getInputStream().transferTo(client.getOutputStream());
                    }
                });
            }
            return 0;
        });
        install(ROOT.leaf("www.example.com"));
        path = new Paths().to(server.getLocalPort()).tls(TlsSettings.defaults(Dialect.CURRENT),
                new KeyPairFiles(file("www.crt"), file("www.key"), Optional.empty()));
    }

    @AfterEach
    void stopAll() throws IOException {
        server.close();
        Engines.assertNothingIsLeft(library);
        keys.close();
        desk.close();
        parent.close();
        threads.shutdownNow();
    }

    private String file(String name) {
        return folder.resolve(name).toString();
    }

    private void install(TestCertificates made) throws IOException {
        Files.writeString(folder.resolve("www.crt"), made.chainPem());
        Files.writeString(folder.resolve("www.key"), made.keyPem());
    }

    private RunningEngine start() throws RelayStartException {
        SocketKind kind = SocketKind.NATIVE;
        return RunningEngine.on(EngineLoops.start(kind, 1, KeptLimit.none()), new LocalSockets(kind, NatLookup.none()),
                new RelayContexts(keys, () -> library, System::nanoTime), path);
    }

    private void assertEchoes(String... versions) throws Exception {
        try (SSLSocket client = TlsPeers.trusting(ROOT).connect(path.port(), versions)) {
            Peers.send(client, "hello");
            assertEquals("hello", Peers.read(client, 5));
        }
    }

    @ParameterizedTest
    @CsvSource({"EC, TLSv1.3", "EC, TLSv1.2", "RSA, TLSv1.3", "RSA, TLSv1.2"})
    void handshakesAreSignedOverTheStream(KeyKind kind, String version) throws Exception {
        install(ROOT.leaf(Wanted.of("www.example.com").with(kind)));
        try (RunningEngine _ = start()) {
            assertEchoes(version);
            assertEchoes(version);
            assertEquals(1, streams.size());
            assertEquals(1, desk.openKeys());
            Engines.awaitNoStream(library);
        }
        awaitNoKey();
    }

    @ParameterizedTest
    @CsvSource({"EC, TLSv1.3", "EC, TLSv1.2", "RSA, TLSv1.3", "RSA, TLSv1.2"})
    void jdkHasThemSignElsewhereToo(KeyKind kind, String version) throws Exception {
        install(ROOT.leaf(Wanted.of("www.example.com").with(kind)));
        try (RunningEngine _ = RunningEngine.on(EngineLoops.start(SocketKind.NATIVE, 1, KeptLimit.none()),
                new LocalSockets(SocketKind.NATIVE, NatLookup.none()),
                new RelayContexts(keys, JdkTls::new, System::nanoTime), path)) {
            assertEchoes(version);
            assertEchoes(version);
            assertEquals(1, streams.size());
            desk.keepOnly(Set.of());
            assertThrows(IOException.class, () -> assertEchoes(version));
        }
    }

    private void awaitNoKey() {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (desk.openKeys() > 0 && System.nanoTime() < deadline) {
            Thread.onSpinWait();
        }
        assertEquals(0, desk.openKeys());
    }

    @Test
    void manyHandshakesAtOnceShareAStream() throws Exception {
        try (RunningEngine _ = start()) {
            TlsPeers peers = TlsPeers.trusting(ROOT);
            CountDownLatch go = new CountDownLatch(1);
            List<Future<Boolean>> clients = new ArrayList<>();
            for (int i = 0; i < 100; i++) {
                clients.add(threads.submit(() -> {
                    go.await();
                    try (SSLSocket client = peers.connect(path.port())) {
                        Peers.send(client, "hello");
                        return Peers.read(client, 5).equals("hello");
                    }
                }));
            }
            go.countDown();
            for (Future<Boolean> client : clients) {
                assertTrue(client.get());
            }
            assertEquals(1, streams.size());
            Engines.awaitNoStream(library);
        }
    }

    @Test
    void streamThatEndsIsReplaced() throws Exception {
        try (RunningEngine _ = start()) {
            assertEchoes();
            streams.getFirst().close();
            workerLog.await("key stream: the parent process has closed it");
            assertEchoes();
            assertEquals(2, streams.size());
            Engines.awaitNoStream(library);
        }
    }

    @Test
    void handshakesWaitForAStoppedParentAndNothingElseDoes() throws Exception {
        try (RunningEngine _ = start()) {
            SSLSocket before = TlsPeers.trusting(ROOT).connect(path.port());
            running.acquire();
            List<Future<Boolean>> waiting = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                waiting.add(threads.submit(() -> {
                    assertEchoes();
                    return true;
                }));
            }
            for (int i = 0; i < 20; i++) {
                Peers.send(before, "goes on");
                assertEquals("goes on", Peers.read(before, 7));
            }
            assertFalse(waiting.stream().anyMatch(Future::isDone));
            running.release();
            for (Future<Boolean> client : waiting) {
                assertTrue(client.get());
            }
            assertEquals(1, streams.size());
            before.close();
            Engines.awaitNoStream(library);
        }
    }

    @Test
    @Tag("long")
    void handshakesEndAfterTheirTimeWhoeverIsStopped() throws Exception {
        try (RunningEngine engine = start()) {
            assertEchoes();
            running.acquire();
            Future<Boolean> client = threads.submit(() -> {
                assertThrows(IOException.class, this::assertEchoes);
                return true;
            });
            assertTrue(client.get());
            // Both ends have the same patience.
            engine.log().await("TLS handshake ");
            running.release();
            assertEchoes();
            assertEquals(1, streams.size());
            Engines.awaitNoStream(library);
        }
    }

    @Test
    void keyThatIsRefusedIsAReasonNotToStart() throws Exception {
        Files.writeString(folder.resolve("www.key"), ROOT.keyPem());
        assertEquals("relay r1: " + file("www.key") + ": the key does not fit the certificate",
                assertThrows(RelayStartException.class, this::start).getMessage());
        Files.delete(folder.resolve("www.key"));
        assertEquals("relay r1: " + file("www.key") + ": No such file or directory",
                assertThrows(RelayStartException.class, this::start).getMessage());
    }

    @Test
    void keyThatIsGoneSignsNothing() throws Exception {
        try (RunningEngine _ = start()) {
            assertEchoes();
            desk.keepOnly(Set.of());
            assertThrows(IOException.class, this::assertEchoes);
            parentLog.await("worker refused: a signature: there is no such key");
            Engines.awaitNoStream(library);
        }
    }

    @Test
    void sessionsOutliveTheKeyThatTheyBeganWith() throws Exception {
        try (RunningEngine running = start()) {
            SSLSocket client = TlsPeers.trusting(ROOT).connect(path.port());
            install(ROOT.leaf("www.example.com"));
            running.engine().prepare(new RelayGraph(1, List.of(path.build("r1", 1))),
                    new RelaySettings(Dialect.CURRENT, ConnectionLog.ALL)).commit();
            assertEquals(2, desk.openKeys());
            assertEchoes();
            Peers.send(client, "still here");
            assertEquals("still here", Peers.read(client, 10));
            client.close();
            long deadline = System.nanoTime() + PATIENCE.toNanos();
            while (desk.openKeys() > 1 && System.nanoTime() < deadline) {
                Thread.onSpinWait();
            }
            assertEquals(1, desk.openKeys());
            Engines.awaitNoStream(library);
        }
    }

    @ParameterizedTest
    @CsvSource({"EC", "RSA"})
    void leavesAreSignedElsewhereToo(KeyKind kind) throws Exception {
        TestCertificates inspector = TestCertificates.root("Inspector", Wanted.of().with(kind));
        assertEquals(kind.name(), inspector.certificate().getPublicKey().getAlgorithm());
        Files.writeString(folder.resolve("ca.crt"), inspector.certificatePem());
        Files.writeString(folder.resolve("ca.key"), inspector.keyPem(TestCertificates.KeyForm.ENCRYPTED_PKCS8));
        authorities.add(new PlanAuthority(file("ca.key"), file("ca.crt"), TestCertificates.PASSWORD));
        TlsSettings plain = TlsSettings.defaults(Dialect.CURRENT);
        TlsSettings inspecting = new TlsSettings(plain.versions(), plain.ciphers(), plain.ecdhe(), plain.edh(), true,
                false, false, plain.sessionCache(), Optional.empty(), Optional.of(file("ca.crt")),
                Optional.of(new CaKey(file("ca.key"), "not this one")), Optional.empty(), List.of());
        BoringSsl targets = Engines.make();
        try (RunningEngine _ = RunningEngine.on(EngineLoops.start(SocketKind.NATIVE, 1, KeptLimit.none()),
                new LocalSockets(SocketKind.NATIVE, NatLookup.none()),
                new RelayContexts(keys, () -> targets, System::nanoTime), path)) {
            Paths outer = new Paths().to(path.port()).withTls(inspecting).tls(inspecting,
                    new KeyPairFiles(file("www.crt"), file("www.key"), Optional.empty()));
            try (RunningEngine _ = RunningEngine.on(EngineLoops.start(SocketKind.NATIVE, 1, KeptLimit.none()),
                    new LocalSockets(SocketKind.NATIVE, NatLookup.none()),
                    new RelayContexts(keys, () -> library, System::nanoTime), outer)) {
                try (SSLSocket client = TlsPeers.trusting(inspector).connect(outer.port())) {
                    Peers.send(client, "hello");
                    assertEquals("hello", Peers.read(client, 5));
                }
                Engines.awaitNoStream(library);
            }
            Engines.awaitNoStream(targets);
        }
        awaitNoKey();
    }
}
