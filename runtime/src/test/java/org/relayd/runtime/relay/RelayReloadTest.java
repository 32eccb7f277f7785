package org.relayd.runtime.relay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.relayd.ir.config.GlobalSettings.ConnectionLog;
import org.relayd.ir.config.RelayId;
import org.relayd.ir.plan.RelayGraph;
import org.relayd.ir.plan.RelayPath;
import org.relayd.ir.term.Dialect;
import org.relayd.runtime.relay.copy.CopyDialogue;
import org.relayd.runtime.relay.session.HeldWire;
import org.relayd.runtime.relay.session.RelaySettings;
import org.relayd.runtime.relay.session.StandingLoop;
import org.relayd.runtime.relay.wire.Fault;

/** decisions: a reload is a transaction; what does the same goes on untouched. */
class RelayReloadTest {
    private static final RelaySettings SETTINGS = new RelaySettings(Dialect.CURRENT, ConnectionLog.ALL);

    private static Map<RelayId, RelayId> reload(RunningEngine running, int loops, RelayPath... paths)
            throws RelayStartException {
        return running.engine().prepare(new RelayGraph(loops, List.of(paths)), SETTINGS).commit();
    }

    @Test
    void aRelayThatDoesTheSameKeepsItsSessionsCountersAndListenerUnderItsNewNumber() throws Exception {
        try (ServerSocket server = Peers.listen()) {
            Paths path = new Paths().to(server.getLocalPort());
            Paths added = new Paths().to(server.getLocalPort());
            try (RunningEngine running = RunningEngine.of(path); Socket client = Peers.connect(path.port());
                    Socket target = Peers.accept(server)) {
                Map<RelayId, RelayId> kept = reload(running, 1, added.build("first", 1), path.build("r1", 2));
                assertEquals(Map.of(new RelayId(1), new RelayId(2)), kept);
                assertEquals(2, running.engine().sessions().getFirst().relay().number());
                assertEquals(1, running.engine().statistics().get(1).sessions());
                Peers.send(client, "still here");
                assertEquals("still here", Peers.read(target, 10));
                try (Socket second = Peers.connect(path.port()); Socket secondTarget = Peers.accept(server);
                        Socket third = Peers.connect(added.port()); Socket thirdTarget = Peers.accept(server)) {
                    Peers.send(second, "a");
                    assertEquals("a", Peers.read(secondTarget, 1));
                    Peers.send(third, "b");
                    assertEquals("b", Peers.read(thirdTarget, 1));
                }
            }
        }
    }

    @Test
    void anotherTargetOnTheSameSocketIsForNewSessionsOnly() throws Exception {
        try (ServerSocket before = Peers.listen(); ServerSocket after = Peers.listen()) {
            Paths path = new Paths().to(before.getLocalPort());
            try (RunningEngine running = RunningEngine.of(path); Socket old = Peers.connect(path.port());
                    Socket oldTarget = Peers.accept(before)) {
                assertEquals(Map.of(), reload(running, 1, path.to(after.getLocalPort()).build("r1", 1)));
                try (Socket young = Peers.connect(path.port()); Socket youngTarget = Peers.accept(after)) {
                    Peers.send(young, "new");
                    assertEquals("new", Peers.read(youngTarget, 3));
                    Peers.send(old, "old");
                    assertEquals("old", Peers.read(oldTarget, 3));
                }
            }
        }
    }

    @Test
    void otherSocketOptionsNeedANewListenerOnTheSamePort() throws Exception {
        try (ServerSocket server = Peers.listen()) {
            Paths path = new Paths().to(server.getLocalPort());
            try (RunningEngine running = RunningEngine.of(path)) {
                reload(running, 1, path.backlog(77).build("r1", 1));
                try (Socket client = Peers.connect(path.port()); Socket target = Peers.accept(server)) {
                    Peers.send(client, "x");
                    assertEquals("x", Peers.read(target, 1));
                }
            }
        }
    }

    @Test
    void aRelayThatIsGoneAcceptsNoMoreAndItsSessionsEndWhenTheyAreIdle() throws Exception {
        try (ServerSocket server = Peers.listen()) {
            Paths path = new Paths().to(server.getLocalPort()).timeout(Duration.ofSeconds(1));
            try (RunningEngine running = RunningEngine.of(path); Socket client = Peers.connect(path.port());
                    Socket target = Peers.accept(server)) {
                reload(running, 1);
                assertThrows(ConnectException.class, () -> Peers.connect(path.port()).close());
                keepBusy(client, target);
                assertTrue(Peers.hasEnded(client));
                assertTrue(running.log().await("session 1 (").contains("buffer event timeout"));
            }
        }
    }

    /** Something passes now and then, for longer than the session timeout. */
    private static void keepBusy(Socket client, Socket target) throws IOException {
        target.setSoTimeout(400);
        for (int i = 0; i < 5; i++) {
            Peers.send(client, "x");
            assertEquals("x", Peers.read(target, 1));
            assertThrows(SocketTimeoutException.class, () -> target.getInputStream().read());
        }
    }

    @Test
    void sessionsOfARelayThatDoesSomethingElseNowEndWhenTheyAreIdle() throws Exception {
        try (ServerSocket server = Peers.listen(); ServerSocket other = Peers.listen()) {
            Paths path = new Paths().to(server.getLocalPort()).timeout(Duration.ofSeconds(1));
            try (RunningEngine running = RunningEngine.of(path); Socket client = Peers.connect(path.port());
                    Socket target = Peers.accept(server)) {
                reload(running, 1, path.to(other.getLocalPort()).build("r1", 1));
                keepBusy(client, target);
                assertTrue(Peers.hasEnded(client));
            }
        }
    }

    @Test
    void theLastSessionOfARelayThatIsGoneIsTold() {
        try (StandingLoop loop = new StandingLoop(new Paths().to(80))) {
            AtomicInteger told = new AtomicInteger();
            HeldWire client = new HeldWire();
            loop.arrive(client, CopyDialogue::new);
            loop.relay().retire(told::incrementAndGet);
            assertEquals(0, told.get());
            client.heard().broken(Fault.said("gone"));
            assertEquals(1, told.get());
            loop.relay().retire(told::incrementAndGet);
            assertEquals(2, told.get());
        }
    }

    @Test
    void aBusyPortChangesNothing() throws Exception {
        try (ServerSocket server = Peers.listen();
                ServerSocket busy = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Paths path = new Paths().to(server.getLocalPort());
            Paths free = new Paths().to(server.getLocalPort());
            Paths refused = new Paths().to(server.getLocalPort()).port(busy.getLocalPort());
            try (RunningEngine running = RunningEngine.of(path)) {
                RelayStartException why = assertThrows(RelayStartException.class,
                        () -> reload(running, 1, free.build("free", 1), refused.build("refused", 2)));
                assertEquals("relay refused: cannot listen on 127.0.0.1 port " + busy.getLocalPort()
                        + ": Address already in use", why.getMessage());
                assertThrows(ConnectException.class, () -> Peers.connect(free.port()).close());
                try (Socket client = Peers.connect(path.port()); Socket target = Peers.accept(server)) {
                    Peers.send(client, "x");
                    assertEquals("x", Peers.read(target, 1));
                }
            }
        }
    }

    @Test
    void anotherDialectLeavesNoRelayAsItWas() throws Exception {
        try (ServerSocket server = Peers.listen()) {
            Paths path = new Paths().to(server.getLocalPort());
            try (RunningEngine running = RunningEngine.of(path)) {
                assertEquals(Map.of(), running.engine()
                        .prepare(new RelayGraph(1, List.of(path.build("r1", 1))),
                                new RelaySettings(Dialect.V5_1, ConnectionLog.ALL))
                        .commit());
            }
        }
    }
}
