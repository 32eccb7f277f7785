package org.relayd.main.daemon;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.cert.Certificate;
import java.util.List;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.relayd.ir.control.ControlReply;
import org.relayd.ir.control.ControlRequest;
import org.relayd.runtime.FreePorts;
import org.relayd.runtime.relay.TlsPeers;
import org.relayd.runtime.tls.TestCertificates;

/** A daemon whose relay speaks TLS, as a user starts it. */
class TlsDaemonTest {
    private static final TestCertificates ROOT = TestCertificates.root("Test Root");

    @TempDir
    private Path folder;

    /** A name whose files, which are looked for below {@code /etc/ssl}, are in the folder of the test. */
    private String keypair() throws Exception {
        install(ROOT.leaf("127.0.0.1"));
        return "../../.." + folder.resolve("www").toAbsolutePath();
    }

    private TestCertificates install(TestCertificates own) throws IOException {
        Files.writeString(folder.resolve("www.crt"), own.chainPem());
        Path key = folder.resolve("www.key");
        Files.writeString(key, own.keyPem());
        Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-------"));
        return own;
    }

    private String configuration(int listen, int target) throws Exception {
        return """
                log connection
                http protocol "p" {
                    tls keypair "%s"
                }
                relay "www" {
                    listen on 127.0.0.1 port %d tls
                    protocol "p"
                    forward to 127.0.0.1 port %d
                }
                """.formatted(keypair(), listen, target);
    }

    @Test
    void itServesAndEndsWhileAHandshakeIsUnderWay() throws Exception {
        int listen = FreePorts.next();
        try (NamedOrigin origin = NamedOrigin.start("127.0.0.1", 0);
                DaemonProcess relayd = DaemonProcess.start(folder, configuration(listen, origin.port()))) {
            relayd.await("relay_launch: running relay www");
            try (SSLSocket client = TlsPeers.trusting(ROOT).connect(listen);
                    Socket idle = new Socket(InetAddress.getLoopbackAddress(), listen)) {
                client.getOutputStream().write("GET / HTTP/1.0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
                String answer = new String(client.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
                assertTrue(answer.startsWith("HTTP/1.1 200 ") && answer.endsWith("127.0.0.1"), answer);
                relayd.awaitStart("relay www, session 1 (");
                relayd.signal("TERM");
                assertEquals(0, relayd.exit());
                assertEquals(-1, idle.getInputStream().read());
            }
            assertTrue(relayd.lines().stream().noneMatch(line -> line.contains("session 2")),
                    () -> String.join("\n", relayd.lines()));
        }
    }

    @Test
    void reloadBringsNewCertificatesOrSaysWhyNot() throws Exception {
        int listen = FreePorts.next();
        try (NamedOrigin origin = NamedOrigin.start("127.0.0.1", 0);
                DaemonProcess relayd = DaemonProcess.start(folder, configuration(listen, origin.port()))) {
            relayd.await("relay_launch: running relay www");
            try (SSLSocket old = TlsPeers.trusting(ROOT).connect(listen)) {
                TestCertificates second = install(ROOT.leaf("127.0.0.1"));
                assertEquals(List.of(new ControlReply.Done()), relayd.ask(new ControlRequest.Reload()));
                relayd.await("relay www: certificates reloaded");
                assertEquals(second.certificate(), shown(listen));

                Files.writeString(folder.resolve("www.key"), ROOT.leaf("127.0.0.1").keyPem());
                List<ControlReply> refused = relayd.ask(new ControlRequest.Reload());
                assertTrue(refused.stream().anyMatch(line -> line.toString().contains("www.key")), refused::toString);
                assertEquals(new ControlReply.Refused("the configuration is as before"), refused.getLast());
                assertEquals(second.certificate(), shown(listen));

                install(second);
                assertEquals(List.of(new ControlReply.Done()), relayd.ask(new ControlRequest.Reload()));
                assertEquals(1, relayd.lines().stream().filter("relay www: certificates reloaded"::equals).count());
                old.getOutputStream().write("GET / HTTP/1.0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
                assertTrue(new String(old.getInputStream().readAllBytes(), StandardCharsets.US_ASCII)
                        .endsWith("127.0.0.1"));
            }
        }
    }

    private static Certificate shown(int port) throws Exception {
        try (SSLSocket client = TlsPeers.trusting(ROOT).connect(port)) {
            Certificate shown = client.getSession().getPeerCertificates()[0];
            client.getOutputStream().write("GET / HTTP/1.0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            client.getInputStream().readAllBytes();
            return shown;
        }
    }
}
