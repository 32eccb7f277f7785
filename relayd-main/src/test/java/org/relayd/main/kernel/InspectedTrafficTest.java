package org.relayd.main.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.relayd.runtime.tls.TestCertificates;
import org.relayd.runtime.tls.TestCertificates.KeyForm;

/** Connections that are diverted to a relay which inspects their TLS. relayd.conf(5): CERTIFICATES, TLS inspection. */
@Tag("netns")
class InspectedTrafficTest {
    private static final int PORT = 8443;
    private static final int PATIENCE_MS = 10_000;
    @RegisterExtension
    private static final Testbed TESTBED = new Testbed(2);

    private final TestCertificates internet = TestCertificates.root("Internet");
    private final TestCertificates inspector = TestCertificates.root("Inspector");

    @TempDir
    private Path folder;

    private void write(String name, String text) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    /** Serves one client on a machine, in the name of a certificate: says hello and waits for the end. */
    private static SSLServerSocket serve(int server, TestCertificates shown) throws Exception {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setKeyEntry("own", shown.keys().getPrivate(), new char[0],
                shown.chain().toArray(X509Certificate[]::new));
        KeyManagerFactory keys = KeyManagerFactory.getInstance("PKIX");
        keys.init(store, new char[0]);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), null, null);
        SSLServerSocket socket = TESTBED.server(server)
                .in(() -> (SSLServerSocket) context.getServerSocketFactory().createServerSocket(PORT));
        Thread.ofPlatform().daemon().start(() -> {
            try (SSLSocket client = (SSLSocket) socket.accept()) {
                client.getOutputStream().write("hello".getBytes(StandardCharsets.US_ASCII));
                client.getInputStream().readAllBytes();
            } catch (IOException gone) {
                // The relay does not trust it, or the test is over.
            }
        });
        return socket;
    }

    /** Connects as a client that trusts the inspector. */
    private SSLSocket connect(int server) throws Exception {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setCertificateEntry("root", inspector.certificate());
        TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
        trust.init(store);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        SSLSocket socket = TESTBED.client().in(() -> (SSLSocket) context.getSocketFactory().createSocket(
                Testbed.address(server), PORT, InetAddress.getByName("10.10.0.2"), 0));
        socket.setSoTimeout(PATIENCE_MS);
        return socket;
    }

    private Balancer inspect() throws Exception {
        TestCertificates own = TestCertificates.root("Own").leaf("relay.example.com");
        write("ssl/127.0.0.1.crt", own.chainPem());
        write("ssl/private/127.0.0.1.key", own.keyPem());
        write("internet.crt", internet.certificatePem());
        write("ca.crt", inspector.certificatePem());
        write("ca.key", inspector.keyPem(KeyForm.ENCRYPTED_PKCS8));
        // Other certificates than those of this machine.
        List<String> starter = List.of("unshare", "--mount", "sh", "-c",
                "mount --bind " + folder.resolve("ssl") + " /etc/ssl && exec \"$@\"", "sh");
        return Balancer.startBy(TESTBED, starter, folder, """
                log connection errors
                table <web> { 10.20.0.11 }
                protocol inspect {
                        tls ca file "$/internet.crt"
                        tls ca cert "$/ca.crt"
                        tls ca key "$/ca.key" password "@"
                }
                relay inspect {
                        listen on 127.0.0.1 port 8888 tls
                        protocol inspect
                        forward with tls to destination
                }
                relay checked {
                        listen on 10.10.0.1 port 8889
                        forward to <web> port 8080 check tcp
                }
                """.replace("$", folder.toString()).replace("@", TestCertificates.PASSWORD));
    }

    @Test
    void clientSeesTheNamesOfTheTargetThatItMeant() throws Exception {
        TESTBED.balancer().run("nft 'table inet admin; delete table inet admin; table inet admin { chain c {"
                + " type filter hook prerouting priority mangle; iifname ext0 ip daddr 10.20.0.0/24 tcp dport " + PORT
                + " tproxy ip to 127.0.0.1:8888 meta mark set 0x1000000 accept; }; }'");
        try (Service checked = TESTBED.serve(0, 8080);
                SSLServerSocket trusted = serve(0, internet.leaf("www.example.com", "10.20.0.11"));
                SSLServerSocket stranger = serve(1, TestCertificates.root("Stranger").leaf("www.example.com"));
                Balancer balancer = inspect()) {
            balancer.await("ip rule", "lookup 900");
            try (SSLSocket client = connect(0)) {
                assertEquals("hello", new String(client.getInputStream().readNBytes(5), StandardCharsets.US_ASCII));
                X509Certificate shown = (X509Certificate) client.getSession().getPeerCertificates()[0];
                assertEquals("CN=Inspector", shown.getIssuerX500Principal().getName());
                assertEquals(List.of(List.of(2, "www.example.com"), List.of(7, "10.20.0.11")),
                        List.copyOf(shown.getSubjectAlternativeNames()));
            }
            try (SSLSocket client = connect(1)) {
                String told = assertThrows(SSLHandshakeException.class, client::startHandshake).getMessage();
                assertTrue(told.contains("handshake_failure"), told);
            }
            balancer.relayd().await("a line", () -> balancer.relayd().lines().stream()
                    .anyMatch(line -> line.contains("10.20.0.12:8443, TLS handshake error: unknown authority")));
            assertTrue(trusted.isBound() && stranger.isBound() && checked.name().equals("a"));
        } finally {
            TESTBED.balancer().run("nft delete table inet admin");
        }
    }
}
