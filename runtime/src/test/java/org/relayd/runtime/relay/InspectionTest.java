package org.relayd.runtime.relay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.CertificateExpiredException;
import java.security.cert.X509Certificate;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.relayd.ir.config.Filter;
import org.relayd.ir.config.Protocol;
import org.relayd.ir.config.Relay.KeyPairFiles;
import org.relayd.ir.config.TlsSettings;
import org.relayd.ir.config.TlsSettings.CaKey;
import org.relayd.ir.plan.RelayGraph;
import org.relayd.ir.config.GlobalSettings.ConnectionLog;
import org.relayd.ir.term.Dialect;
import org.relayd.runtime.parent.local.LocalKeys;
import org.relayd.runtime.parent.local.LocalSockets;
import org.relayd.runtime.platform.NatLookup;
import org.relayd.runtime.SocketKind;
import org.relayd.runtime.relay.session.RelaySettings;
import org.relayd.runtime.relay.tls.RelayContexts;
import org.relayd.runtime.tls.TestCertificates;
import org.relayd.runtime.tls.TestCertificates.KeyForm;
import org.relayd.runtime.tls.TestCertificates.KeyKind;
import org.relayd.runtime.tls.TestCertificates.Wanted;
import org.relayd.runtime.tls.boringssl.BoringSsl;
import org.relayd.runtime.tls.boringssl.Engines;
import org.relayd.runtime.relay.wire.KeptLimit;

/** TLS inspection from end to end: a target and clients of the JDK's, our relay between them. */
class InspectionTest {
    private static final TestCertificates INTERNET = TestCertificates.root("Internet");
    private static final TestCertificates INSPECTOR = TestCertificates.root("Inspector");

    private final BoringSsl library = Engines.make();
    private final ExecutorService peers = Executors.newVirtualThreadPerTaskExecutor();
    private SSLServerSocket server;
    private Paths path;

    @TempDir
    Path folder;

    @BeforeEach
    void write() throws IOException {
        TestCertificates own = TestCertificates.root("Own").leaf("relay.example.com");
        write("own.crt", own.chainPem());
        write("own.key", own.keyPem());
        write("internet.crt", INTERNET.certificatePem());
        install(INSPECTOR);
    }

    @AfterEach
    void close() throws IOException {
        server.close();
        peers.shutdownNow();
        Engines.assertNothingIsLeft(library);
    }

    private void write(String name, String text) throws IOException {
        Files.writeString(folder.resolve(name), text);
    }

    private void install(TestCertificates authority) throws IOException {
        write("ca.crt", authority.certificatePem());
        write("ca.key", authority.keyPem(KeyForm.ENCRYPTED_PKCS8));
    }

    private String file(String name) {
        return folder.resolve(name).toString();
    }

    /** Starts a target that sends back what it gets. */
    private void serve(TestCertificates shown) throws Exception {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setKeyEntry("own", shown.keys().getPrivate(), new char[0],
                shown.chain().toArray(X509Certificate[]::new));
        KeyManagerFactory keys = KeyManagerFactory.getInstance("PKIX");
        keys.init(store, new char[0]);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), null, null);
        server = (SSLServerSocket) context.getServerSocketFactory().createServerSocket(0, 50,
                InetAddress.getLoopbackAddress());
        peers.execute(this::accept);
    }

    private void accept() {
        try {
            while (true) {
                Socket client = server.accept();
                peers.execute(() -> echo(client));
            }
        } catch (IOException closed) {
            // The end of the test.
        }
    }

    private static void echo(Socket client) {
        try (client) {
            client.getInputStream().transferTo(client.getOutputStream());
        } catch (IOException gone) {
            // The relay did not trust it.
        }
    }

    private Relays inspect(Optional<String> caFile) throws RelayStartException {
        TlsSettings plain = TlsSettings.defaults(Dialect.CURRENT);
        TlsSettings settings = new TlsSettings(plain.versions(), plain.ciphers(), plain.ecdhe(), plain.edh(),
                plain.serverPreference(), false, false, plain.sessionCache(), caFile, Optional.of(file("ca.crt")),
                Optional.of(new CaKey(file("ca.key"), TestCertificates.PASSWORD)), Optional.empty(), List.of());
        path = new Paths().to(server.getLocalPort())
                .tls(settings, new KeyPairFiles(file("own.crt"), file("own.key"), Optional.empty()))
                .withTls(settings);
        return start();
    }

    /** Relays that stop when the last wire has said its last: loops that stop leave wires as they are. */
    private final class Relays implements AutoCloseable {
        private final RunningEngine running;

        Relays(RunningEngine running) {
            this.running = running;
        }

        RecordingLog log() {
            return running.log();
        }

        RelayEngine engine() {
            return running.engine();
        }

        @Override
        public void close() {
            Engines.awaitNoStream(library);
            running.close();
        }
    }

    private Relays start() throws RelayStartException {
        SocketKind kind = SocketKind.ofThisMachine();
        return new Relays(
                RunningEngine.on(EngineLoops.start(kind, 1, KeptLimit.none()), new LocalSockets(kind, NatLookup.none()),
                        new RelayContexts(new LocalKeys(), () -> library, System::nanoTime), path));
    }

    private SSLSocket connect(TestCertificates trusted, String... versions) throws Exception {
        return TlsPeers.trusting(trusted).connect(path.port(), versions);
    }

    private static X509Certificate shown(SSLSocket client) throws SSLException {
        return (X509Certificate) client.getSession().getPeerCertificates()[0];
    }

    private static void assertEchoes(SSLSocket client, String text) throws IOException {
        Peers.send(client, text);
        assertEquals(text, Peers.read(client, text.length()));
    }

    @ParameterizedTest
    @CsvSource({"EC, TLSv1.3", "EC, TLSv1.2", "RSA, TLSv1.3", "RSA, TLSv1.2"})
    void clientSeesTheNamesOfTheTargetSignedByTheInspector(KeyKind kind, String version) throws Exception {
        TestCertificates target = INTERNET.leaf(Wanted.of("www.example.com", "192.0.2.1", "2001:db8::1").with(kind));
        serve(target);
        try (Relays running = inspect(Optional.of(file("internet.crt")))) {
            try (SSLSocket client = connect(INSPECTOR, version)) {
                assertEquals("CN=Inspector", shown(client).getIssuerX500Principal().getName());
                assertEquals(Set.copyOf(target.certificate().getSubjectAlternativeNames()),
                        Set.copyOf(shown(client).getSubjectAlternativeNames()));
                assertEchoes(client, "hello".repeat(10_000));
            }
            running.log().await("done");
        }
    }

    @Test
    void requestsAreFilteredInBetween() throws Exception {
        serve(INTERNET.leaf("www.example.com"));
        try (Relays first = inspect(Optional.empty())) {
            assertTrue(first.engine().sessions().isEmpty());
        }
        path.http(Protocol.HttpSettings.defaults(), Optional.of(new Protocol.ErrorPages(Optional.empty())),
                new Filter.Rules(List.of()));
        try (Relays _ = start(); SSLSocket client = connect(INSPECTOR)) {
            Peers.send(client, "GET / HTTP/1.1\r\nHost: www.example.com\r\nHost: twice\r\n\r\n");
            assertTrue(Peers.readAll(client).startsWith("HTTP/1.0 400 Bad Request\r\n"));
        }
    }

    @Test
    void oneCertificateIsMadeForManyClients() throws Exception {
        serve(INTERNET.leaf("www.example.com"));
        try (Relays _ = inspect(Optional.of(file("internet.crt")))) {
            Set<X509Certificate> seen = new HashSet<>();
            for (int i = 0; i < 20; i++) {
                try (SSLSocket client = connect(INSPECTOR)) {
                    seen.add(shown(client));
                    assertEchoes(client, "hello");
                }
            }
            assertEquals(1, seen.size());
        }
    }

    @Test
    void targetThatIsNotTrustedIsRefusedWithAnAlert() throws Exception {
        serve(TestCertificates.root("Stranger").leaf("www.example.com"));
        try (Relays running = inspect(Optional.of(file("internet.crt")))) {
            String told = assertThrows(SSLHandshakeException.class, () -> connect(INSPECTOR)).getMessage();
            assertTrue(told.contains("handshake_failure"), told);
            running.log().await("TLS handshake error: unknown authority");
        }
    }

    @Test
    void expiredTargetIsRefusedByWhoVerifiesAndSeenAsExpiredElse() throws Exception {
        serve(INTERNET.leaf(Wanted.of("www.example.com").expired()));
        try (Relays running = inspect(Optional.of(file("internet.crt")))) {
            assertThrows(SSLHandshakeException.class, () -> connect(INSPECTOR));
            running.log().await("TLS handshake error: certificate has expired");
        }
        try (Relays running = inspect(Optional.empty())) {
            Throwable cause = assertThrows(SSLHandshakeException.class, () -> connect(INSPECTOR));
            while (!(cause instanceof CertificateExpiredException) && cause.getCause() != null) {
                cause = cause.getCause();
            }
            assertInstanceOf(CertificateExpiredException.class, cause);
            running.log().await("TLS handshake error");
        }
    }

    @Test
    void reloadedAuthoritySignsFromThenOn() throws Exception {
        serve(INTERNET.leaf("www.example.com"));
        try (Relays running = inspect(Optional.empty()); SSLSocket old = connect(INSPECTOR)) {
            TestCertificates other = TestCertificates.root("Other");
            install(other);
            running.engine().prepare(new RelayGraph(1, List.of(path.build("r1", 1))),
                    new RelaySettings(Dialect.CURRENT, ConnectionLog.ALL)).commit();
            try (SSLSocket young = connect(other)) {
                assertNotEquals(shown(old), shown(young));
                assertEchoes(young, "new");
            }
            assertEchoes(old, "old");
        }
    }

    @Test
    void authorityThatIsNoneIsNamed() throws Exception {
        TestCertificates leaf = INSPECTOR.leaf("a.example.com");
        serve(leaf);
        install(leaf);
        assertEquals("relay r1: " + file("ca.crt") + ": the certificate is not that of an authority",
                assertThrows(RelayStartException.class, () -> inspect(Optional.empty())).getMessage());
    }
}
