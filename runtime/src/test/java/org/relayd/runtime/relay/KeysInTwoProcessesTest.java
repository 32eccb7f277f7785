package org.relayd.runtime.relay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.relayd.runtime.tls.TestCertificates;
import org.relayd.runtime.tls.TestCertificates.KeyKind;
import org.relayd.runtime.tls.TestCertificates.Wanted;

/** A process that speaks TLS, and one that has its keys. */
class KeysInTwoProcessesTest {
    private static final TestCertificates ROOT = TestCertificates.root("Test Root");

    private static final int ALL = Integer.MAX_VALUE;

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final TestCertificates curve = ROOT.leaf("www.example.com");
    private final TestCertificates rsa = ROOT.leaf(Wanted.of("www.example.com").with(KeyKind.RSA));
    private final KeyTraces traces = KeyTraces.of(curve, rsa);
    private ServerSocket server;

    @TempDir
    Path folder;

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
    }

    @AfterEach
    void stopEcho() throws IOException {
        server.close();
        threads.shutdownNow();
    }

    private String file(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text).toString();
    }

    private KeyParent start(String where) throws IOException {
        return KeyParent.start(new RecordingLog(), where, String.valueOf(server.getLocalPort()),
                file("ec.crt", curve.chainPem()), file("ec.key", curve.keyPem()), file("rsa.crt", rsa.chainPem()),
                file("rsa.key", rsa.keyPem()));
    }

    private static void shake(KeyParent parent, int count) throws Exception {
        TlsPeers peers = TlsPeers.trusting(ROOT);
        for (int i = 0; i < count; i++) {
            for (int port : parent.ports()) {
                try (SSLSocket client = peers.connect(port, i % 2 == 0 ? "TLSv1.3" : "TLSv1.2")) {
                    Peers.send(client, "hello");
                    assertEquals("hello", Peers.read(client, 5));
                }
            }
        }
    }

    private void assertNothingIsIn(KeyParent parent, int handshakes) throws Exception {
        shake(parent, handshakes / 2);
        assertEquals(Set.of(), traces.in(parent.pid(), ALL));
        assertTrue(!traces.in(ProcessHandle.current().pid(), 1).isEmpty());
    }

    @Test
    void nothingOfAKeyIsWhereTlsIsSpoken() throws Exception {
        try (KeyParent parent = start("elsewhere")) {
            assertNothingIsIn(parent, 40);
        }
    }

    @Test
    @Tag("long")
    void nothingOfAKeyIsWhereTlsIsSpokenAfterThousandsOfHandshakes() throws Exception {
        try (KeyParent parent = start("elsewhere")) {
            assertNothingIsIn(parent, 3000);
        }
    }

    /** Else the one above would say nothing. */
    @Test
    void keysThatAreInAProcessAreFound() throws Exception {
        try (KeyParent parent = start("here")) {
            shake(parent, 2);
            Set<String> found = traces.in(parent.pid(), ALL);
            for (String number : new String[]{"scalar", "d ", "p ", "q ", "dp ", "dq ", "qinv "}) {
                assertTrue(found.stream().anyMatch(name -> name.startsWith(number)), found::toString);
            }
        }
    }
}
