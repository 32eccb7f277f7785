package org.relayd.main.daemon;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.net.InetAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.relayd.runtime.FreePorts;
import org.relayd.runtime.LoopbackNameServer;

/** A name server that a whole daemon checks by asking it. */
class DnsCheckDaemonTest {
    private static final String A_192_0_2 = "c00c" + "0001" + "0001" + "0000003c" + "0004" + "c00002";

    @TempDir
    private Path folder;

    private static String checked(int listen, int target) {
        return """
                extensions on
                interval 1
                timeout 900
                table <servers> { 127.0.0.1 }
                dns protocol names {
                }
                relay dns {
                        listen on 127.0.0.1 port %d
                        protocol names
                        forward to <servers> port %d check dns "www.example.com" expect 192.0.2.7
                }
                """.formatted(listen, target);
    }

    private static void await(DaemonProcess relayd, String result, String change) {
        relayd.await(change, () -> relayd.lines().stream()
                .anyMatch(line -> line.startsWith("host 127.0.0.1, check dns (") && line.contains("ms," + result + ")")
                        && line.contains(", state " + change)));
    }

    @Test
    void aNameServerIsUpAsLongAsItKnowsTheAddress() throws Exception {
        AtomicReference<String> last = new AtomicReference<>("07");
        try (LoopbackNameServer server = LoopbackNameServer.start(InetAddress.ofLiteral("127.0.0.1"),
                query -> List.of(LoopbackNameServer.answer(query, "8180", 1, A_192_0_2 + last.get())));
                DaemonProcess relayd = DaemonProcess.start(folder, checked(FreePorts.next(), server.port()))) {
            await(relayd, "dns ok", "unknown -> up");
            last.set("08");
            await(relayd, "dns mismatch", "up -> down");
            last.set("07");
            await(relayd, "dns ok", "down -> up");
            relayd.signal("TERM");
            assertEquals(0, relayd.exit());
        }
    }
}
