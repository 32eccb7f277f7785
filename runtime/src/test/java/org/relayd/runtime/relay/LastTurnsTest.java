package org.relayd.runtime.relay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
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

/** Sessions that have ended while their loop was busy, and a stop before the loop could hear of that. */
class LastTurnsTest {

    /** Keeps the loop busy with the line of the first session until the test lets it go on. */
    private static final class SlowLog implements Log {
        private final RecordingLog lines = new RecordingLog();
        private final CountDownLatch busy = new CountDownLatch(1);
        private final CountDownLatch free = new CountDownLatch(1);

        @Override
        public void info(String line) {
            lines.info(line);
            if (line.contains("session 1 ")) {
                busy.countDown();
                try {
                    assertTrue(free.await(10, TimeUnit.SECONDS));
                } catch (InterruptedException ended) {
                    Thread.currentThread().interrupt();
                }
            }
        }

        @Override
        public void warn(String line) {
            lines.warn(line);
        }

        @Override
        public void debug(Supplier<String> line) {
            lines.debug(line);
        }
    }

    private static void echo(Socket one) {
        try (one) {
            one.getInputStream().transferTo(one.getOutputStream());
        } catch (IOException gone) {
            throw new UncheckedIOException(gone);
        }
    }

    private static Socket greeted(Paths path, ServerSocket server) throws IOException {
        Socket client = Peers.connect(path.port());
        Socket target = Peers.accept(server);
        Thread.ofVirtual().start(() -> echo(target));
        Peers.send(client, "x");
        assertEquals("x", Peers.read(client, 1));
        return client;
    }

    @ParameterizedTest
    @EnumSource(SocketKind.class)
    void aSessionWhoseClientHadClosedBeforeTheStopHasItsLine(SocketKind sockets) throws Exception {
        try (ServerSocket server = Peers.listen()) {
            Paths path = new Paths().to(server.getLocalPort());
            SlowLog log = new SlowLog();
            RelayEngine engine = RelayEngine.start(new RelayGraph(1, List.of(path.build("r", 1))),
                    new RelaySettings(Dialect.CURRENT, ConnectionLog.ALL), _ -> _ -> true, log, sockets,
                    new LocalSockets(sockets, NatLookup.none()),
                    new LocalFiles(sockets, ProcessHandle.current().pid()),
                    new RelayContexts(new LocalKeys(), new TlsLibrary(log), System::nanoTime));
            Socket first = greeted(path, server);
            Socket second = greeted(path, server);
            first.close();
            assertTrue(log.busy.await(10, TimeUnit.SECONDS));
            second.close();
            Thread stop = Thread.ofPlatform().start(engine::stop);
            while (stop.getState() == Thread.State.RUNNABLE || stop.getState() == Thread.State.NEW) {
                Thread.onSpinWait();
            }
            log.free.countDown();
            stop.join();
            assertEquals("info relay r, session 2 (1 active), 0, 127.0.0.1 -> 127.0.0.1:" + server.getLocalPort()
                    + ", done", log.lines.lines().getLast());
        }
    }
}
