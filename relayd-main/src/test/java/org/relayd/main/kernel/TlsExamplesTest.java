package org.relayd.main.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.stream.Collectors;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.relayd.main.daemon.DaemonProcess;
import org.relayd.runtime.tls.TestCertificates;
import org.relayd.runtime.tls.TestCertificates.KeyForm;
import org.relayd.runtime.tls.TestCertificates.Wanted;

/**
 * The files in {@code examples} that speak TLS, run as they are: on a machine with their addresses and certificates,
 * between a client and the servers that they name.
 */
@Tag("netns")
class TlsExamplesTest {
    private static final Path EXAMPLES = Path.of("").toAbsolutePath().getParent().resolve("examples");
    private static final int PROXY_V2_INET = 28;
    @RegisterExtension
    private static final Testbed TESTBED = new Testbed(1);
    private static HttpServer web;
    private static HttpServer plain;

    private final TestCertificates internet = TestCertificates.root("Internet");
    private final TestCertificates staff = TestCertificates.root("Staff");
    private final TestCertificates inspector = TestCertificates.root("Inspector");

    @TempDir
    private Path folder;

    @BeforeAll
    static void giveAddresses() throws Exception {
        TESTBED.balancer().run("ip addr add 192.0.2.80/32 dev lo; ip addr add 10.0.0.1/24 dev br0");
        TESTBED.server(0).run("for last in 11 12 36; do ip addr add 10.0.0.$last/24 dev e0; done");
        web = serve(8080);
        plain = serve(80);
    }

    @AfterAll
    static void stop() {
        web.stop(0);
        plain.stop(0);
    }

    /** A web server that answers with the fields of the request. */
    private static HttpServer serve(int port) throws Exception {
        HttpServer server = TESTBED.server(0).in(() -> HttpServer.create(new InetSocketAddress(port), 0));
        server.createContext("/", exchange -> {
            byte[] fields = exchange.getRequestHeaders().entrySet().stream()
                    .map(field -> field.getKey() + ": " + String.join(",", field.getValue()) + "\n").sorted()
                    .collect(Collectors.joining()).getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, fields.length);
            exchange.getResponseBody().write(fields);
            exchange.close();
        });
        server.start();
        return server;
    }

    @BeforeEach
    void install() throws IOException {
        for (String name : List.of("www.example.com", "api.example.com", "intranet", "192.0.2.80", "127.0.0.1")) {
            TestCertificates made = internet.leaf(name);
            write("ssl/" + name + ".crt", made.chainPem());
            write("ssl/private/" + name + ".key", made.keyPem());
        }
        write("ssl/cert.pem", internet.certificatePem());
        write("ssl/staff-ca.pem", staff.certificatePem());
        write("ssl/inspect.crt", inspector.certificatePem());
        write("ssl/private/inspect.key", inspector.keyPem(KeyForm.PKCS8));
        write("inspector.pem", inspector.certificatePem());
        write("internet.pem", internet.certificatePem());
        TestCertificates clerk = staff.leaf(Wanted.of("clerk").client());
        write("clerk.crt", clerk.chainPem());
        write("clerk.key", clerk.keyPem());
    }

    private void write(String name, String text) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    private DaemonProcess start(String example, String relay) throws Exception {
        List<String> starter = List.of("unshare", "--mount", "sh", "-c",
                "mount --bind " + folder.resolve("ssl") + " /etc/ssl && exec \"$@\"", "sh");
        String text = Files.readString(EXAMPLES.resolve(example));
        DaemonProcess relayd = TESTBED.balancer().in(() -> DaemonProcess.startBy(starter, folder, text));
        relayd.await("relay_launch: running relay " + relay);
        return relayd;
    }

    /** What curl gets from the client's machine; asked again while the hosts are not known to be up. */
    private String curl(String options) throws Exception {
        return TESTBED.client().run("cd " + folder + "; HOME=. curl -sS -i -m 10 --retry 20 --retry-delay 1"
                + " --retry-all-errors --cacert internet.pem " + options + " 2>&1 || true");
    }

    @ParameterizedTest
    @CsvSource({"www.example.com", "api.example.com"})
    void relayHttpsAnswersByName(String name) throws Exception {
        try (DaemonProcess _ = start("relay-https.conf", "https")) {
            String answer = curl("--resolve " + name + ":443:192.0.2.80 https://" + name + "/");
            assertTrue(answer.contains("Strict-Transport-Security: max-age=31536000"), answer);
            assertTrue(answer.contains("X-forwarded-proto: https"), answer);
        }
    }

    @Test
    void relayHttpsOfDialect51AnswersByAddress() throws Exception {
        try (DaemonProcess _ = start("relay-https-5.1.conf", "sslaccel")) {
            String answer = curl("--tls-max 1.2 https://192.0.2.80/");
            assertTrue(answer.contains("X-forwarded-by: 192.0.2.80:443"), answer);
        }
    }

    @Test
    void relayClientCertificatesLetsStaffIn() throws Exception {
        try (DaemonProcess _ = start("relay-client-certificates.conf", "intranet")) {
            String url = "--resolve intranet:8443:192.0.2.80 https://intranet:8443/";
            String clerk = curl("--cert clerk.crt --key clerk.key " + url);
            assertTrue(clerk.startsWith("HTTP/1.1 200 OK"), clerk);
            String nobody = TESTBED.client()
                    .run("cd " + folder + "; curl -sS -m 10 --cacert internet.pem " + url + " 2>&1 || true");
            assertTrue(nobody.contains("alert"), nobody);
        }
    }

    @Test
    void relayTlsClientTellsTheServerOfTheClientAndSpeaksTls() throws Exception {
        try (ServerSocket server = TESTBED.server(0).in(() -> new ServerSocket(636));
                DaemonProcess _ = start("relay-tls-client.conf", "ldap");
                Socket client = TESTBED.balancer().in(() -> new Socket(InetAddress.getLoopbackAddress(), 389));
                Socket accepted = server.accept()) {
            client.setSoTimeout(10_000);
            byte[] header = accepted.getInputStream().readNBytes(PROXY_V2_INET);
            assertEquals("\r\n\r\n\0\r\nQUIT\n", new String(header, 0, 12, StandardCharsets.ISO_8859_1));
            try (SSLSocket secured = secure(accepted, internet.leaf("10.0.0.36"))) {
                client.getOutputStream().write("hello".getBytes(StandardCharsets.US_ASCII));
                assertEquals("hello",
                        new String(secured.getInputStream().readNBytes(5), StandardCharsets.US_ASCII));
                secured.getOutputStream().write("bye".getBytes(StandardCharsets.US_ASCII));
                assertEquals("bye", new String(client.getInputStream().readNBytes(3), StandardCharsets.US_ASCII));
            }
        }
    }

    private static SSLSocket secure(Socket socket, TestCertificates own) throws Exception {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setKeyEntry("own", own.keys().getPrivate(), new char[0], own.chain().toArray(X509Certificate[]::new));
        KeyManagerFactory keys = KeyManagerFactory.getInstance("PKIX");
        keys.init(store, new char[0]);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), null, null);
        SSLSocket secured = (SSLSocket) context.getSocketFactory().createSocket(socket, null, true);
        secured.setUseClientMode(false);
        return secured;
    }

    @Test
    void tlsInspectionFiltersWhatIsDivertedToIt() throws Exception {
        TESTBED.balancer().run("nft 'table inet admin; delete table inet admin; table inet admin { chain c {"
                + " type filter hook prerouting priority mangle; iifname ext0 ip daddr 10.0.0.0/24 tcp dport 443"
                + " tproxy ip to 127.0.0.1:8443 meta mark set 0x1000000 accept; }; }'");
        try (ServerSocket server = TESTBED.server(0).in(() -> new ServerSocket(443));
                DaemonProcess _ = start("tls-inspection.conf", "inspect")) {
            Thread.ofVirtual().start(() -> answer(server));
            String url = "--cacert inspector.pem --resolve www.example.com:443:10.0.0.11 https://www.example.com/";
            String answer = curl(url);
            assertTrue(answer.contains("seen by the server"), answer);
            String refused = curl(url + "setup.exe");
            assertTrue(refused.startsWith("HTTP/1.0 403 Forbidden"), refused);
        } finally {
            TESTBED.balancer().run("nft delete table inet admin");
        }
    }

    /** Answers each request over TLS. */
    private void answer(ServerSocket server) {
        TestCertificates own = internet.leaf("www.example.com");
        try {
            while (!server.isClosed()) {
                try (SSLSocket client = secure(server.accept(), own)) {
                    client.getInputStream().read();
                    client.getOutputStream().write(("HTTP/1.1 200 OK\r\nContent-Length: 18\r\nConnection: close\r\n\r\n"
                            + "seen by the server").getBytes(StandardCharsets.US_ASCII));
                } catch (IOException gone) {
                    // A client that asked for nothing.
                }
            }
        } catch (Exception closed) {
            // The end of the test.
        }
    }

    @Test
    void acmeChallengesGoToTheClientOnThisMachine() throws Exception {
        try (ServerSocket client = TESTBED.balancer().in(() -> new ServerSocket(8402));
                DaemonProcess _ = start("acme/relayd.conf", "https")) {
            Thread.ofVirtual().start(() -> {
                try (Socket asked = client.accept()) {
                    asked.getInputStream().read();
                    asked.getOutputStream().write("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nproof"
                            .getBytes(StandardCharsets.US_ASCII));
                    asked.getInputStream().read();
                } catch (IOException gone) {
                    // The end of the test.
                }
            });
            String challenge = curl("http://192.0.2.80/.well-known/acme-challenge/x");
            assertTrue(challenge.endsWith("proof"), challenge);
            String page = curl("--resolve www.example.com:443:192.0.2.80 https://www.example.com/");
            assertTrue(page.startsWith("HTTP/1.1 200 OK"), page);
        }
    }
}
