package org.relayd.runtime.relay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.relayd.ir.config.GlobalSettings.ConnectionLog;
import org.relayd.ir.plan.RelayGraph;
import org.relayd.ir.term.Dialect;
import org.relayd.runtime.Log;
import org.relayd.runtime.SocketKind;
import org.relayd.runtime.parent.local.LocalFiles;
import org.relayd.runtime.parent.local.LocalKeys;
import org.relayd.runtime.parent.local.LocalSockets;
import org.relayd.runtime.platform.NatLookup;
import org.relayd.runtime.relay.session.RelaySettings;
import org.relayd.runtime.relay.tls.RelayContexts;
import org.relayd.runtime.tls.library.TlsLibrary;

/** Faults of ours: what was thrown ends one session only. */
class LoopFaultTest {

    /** Fails once, at the end of the first session. */
    private static final class BrokenLog implements Log {
        private final CountDownLatch broken = new CountDownLatch(1);

        @Override
        public void info(String line) {
            if (line.contains("session 1 ")) {
                broken.countDown();
                throw new StackOverflowError("a test: " + line);
            }
        }

        @Override
        public void warn(String line) {
            info(line);
        }

        @Override
        public void debug(Supplier<String> line) {
            // Nobody wants to see this.
        }
    }

    private static void pass(Paths path, ServerSocket server) throws IOException {
        try (Socket client = Peers.connect(path.port()); Socket target = Peers.accept(server)) {
            Peers.send(client, "x");
            assertEquals("x", Peers.read(target, 1));
        }
    }

    @Test
    void anErrorInOneSessionLeavesTheLoopToTheOthers() throws Exception {
        try (ServerSocket server = Peers.listen()) {
            Paths path = new Paths().to(server.getLocalPort());
            BrokenLog log = new BrokenLog();
            RelayEngine engine = RelayEngine.start(new RelayGraph(1, List.of(path.build("r", 1))),
                    new RelaySettings(Dialect.CURRENT, ConnectionLog.ALL), _ -> _ -> true, log,
                    SocketKind.ofThisMachine(), new LocalSockets(SocketKind.ofThisMachine(), NatLookup.none()),
                    new LocalFiles(SocketKind.ofThisMachine(), ProcessHandle.current().pid()),
                    new RelayContexts(new LocalKeys(), new TlsLibrary(log), System::nanoTime));
            try {
                pass(path, server);
                assertTrue(log.broken.await(10, TimeUnit.SECONDS));
                pass(path, server);
            } finally {
                engine.stop();
            }
        }
    }
}
