package org.relayd.runtime.relay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.BindException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.relayd.ir.config.Filter;
import org.relayd.ir.config.Protocol;
import org.relayd.ir.term.ProxyProtocol;
import org.relayd.ir.term.SchedulingMode;
import org.relayd.runtime.FreePorts;
import org.relayd.runtime.relay.copy.CopyDialogue;
import org.relayd.runtime.relay.http.RuleSource;
import org.relayd.runtime.relay.session.HeldWire;
import org.relayd.runtime.relay.session.StandingLoop;
import org.relayd.runtime.relay.wire.Fault;
import org.relayd.runtime.relay.wire.Transport.Cause;
import org.relayd.runtime.system.ErrorName;

/** A host that cannot be reached is no reason to fail while its table has others. */
class NextHostTest {
    private static final String[] THREE = {"127.0.0.1", "127.0.0.2", "127.0.0.3"};

    /** A host of loopback that listens, on a port where the one before it refuses. */
    private record Half(ServerSocket server, Socket dead) implements AutoCloseable {

        static Half open() throws IOException {
            while (true) {
                ServerSocket server = Peers.listen("127.0.0.2", 0);
                Socket dead = new Socket();
                try {
                    // Bound, so that nobody else listens there meanwhile.
                    dead.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), server.getLocalPort()));
                    return new Half(server, dead);
                } catch (BindException taken) {
                    server.close();
                    dead.close();
                }
            }
        }

        int port() {
            return server.getLocalPort();
        }

        @Override
        public void close() throws IOException {
            server.close();
            dead.close();
        }
    }

    private static List<String> lines(StandingLoop loop) {
        return loop.log().lines().stream().filter(line -> !line.startsWith("debug")).toList();
    }

    private static StandingLoop standing(SchedulingMode mode) {
        return new StandingLoop(new Paths().table("t", 80, mode, THREE).timeout(Duration.ofSeconds(5)));
    }

    @ParameterizedTest(name = "portable {0}")
    @ValueSource(booleans = {false, true})
    void aHostThatRefusesIsPassedOverAndNothingIsLost(boolean portable) throws Exception {
        try (Half hosts = Half.open()) {
            int port = hosts.port();
            Paths path = new Paths().table("t", port, SchedulingMode.ROUNDROBIN, "127.0.0.1", "127.0.0.2")
                    .proxy(ProxyProtocol.V1);
            try (RunningEngine engine = portable ? RunningEngine.portable(path) : RunningEngine.of(path)) {
                for (int i = 1; i <= 6; i++) {
                    try (Socket client = Peers.connect(path.port()); Socket target = Peers.accept(hosts.server())) {
                        Peers.send(client, "hello");
                        String header = "PROXY TCP4 127.0.0.1 127.0.0.1 " + client.getLocalPort() + " " + path.port();
                        assertEquals(header + "\r\nhello", Peers.read(target, header.length() + 7));
                        client.shutdownOutput();
                        target.shutdownOutput();
                        assertEquals("", Peers.readAll(client));
                        String line = engine.log().await("session " + i + " ");
                        assertTrue(line.contains(" -> 127.0.0.2:" + port + ", done"), line);
                    }
                }
                assertTrue(engine.log().lines().contains("info relay r1, session 1 (1 active), 0, 127.0.0.1 -> "
                        + "127.0.0.2:" + port + ", done, 127.0.0.1:" + port + " failed (Connection refused);"));
                assertEquals(6, engine.engine().statistics().getFirst().sessions());
                assertEquals(0, engine.engine().statistics().getFirst().active());
            }
        }
    }

    @Test
    void anHttpRequestGoesToTheNextHost() throws Exception {
        try (Half hosts = Half.open()) {
            Paths path = new Paths().table("t", hosts.port(), SchedulingMode.ROUNDROBIN, "127.0.0.1",
                    "127.0.0.2").http(Protocol.HttpSettings.defaults(), Optional.empty(),
                            new Filter.Rules(RuleSource.rules()));
            try (RunningEngine engine = RunningEngine.of(path); Socket client = Peers.connect(path.port())) {
                String head = "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 4\r\n\r\n";
                Peers.send(client, head + "body");
                try (Socket target = Peers.accept(hosts.server())) {
                    assertEquals("body", Peers.readUntil(target, "body").substring(head.length()));
                    Peers.send(target, "HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
                    assertTrue(Peers.readAll(client).startsWith("HTTP/1.1 200"));
                }
                assertEquals("info relay r1, session 1 (1 active), 0, 127.0.0.1 -> 127.0.0.2:"
                        + hosts.port() + ", done, 127.0.0.1:" + hosts.port()
                        + " failed (Connection refused); POST", engine.log().await("session 1 (").strip());
            }
        }
    }

    @Test
    void aQueryThatIsRefusedGoesToTheNextHost() throws Exception {
        InetAddress loopback = InetAddress.getLoopbackAddress();
        try (DatagramSocket server = new DatagramSocket(new InetSocketAddress("127.0.0.2", 0));
                DatagramSocket client = new DatagramSocket(new InetSocketAddress(loopback, 0))) {
            server.setSoTimeout(10_000);
            client.setSoTimeout(10_000);
            int port = server.getLocalPort();
            Paths path = new Paths()
                    .table("t", port, SchedulingMode.ROUNDROBIN, "127.0.0.1", "255.255.255.255", "127.0.0.2")
                    .dns();
            try (RunningEngine engine = RunningEngine.of(path)) {
                byte[] query = {0, 7, 1, 0, 0, 1, 0, 0, 0, 0, 0, 0, 1, 'a', 0, 0, 1, 0, 1};
                client.send(new DatagramPacket(query, query.length, loopback, path.port()));
                DatagramPacket packet = new DatagramPacket(new byte[512], 512);
                server.receive(packet);
                packet.getData()[2] |= (byte) 0x80;
                server.send(packet);
                client.receive(packet);
                assertEquals(7, packet.getData()[1]);
                String line = engine.log().await("session closed");
                assertTrue(line.contains(" -> 127.0.0.2:" + port + ", session closed, 127.0.0.1:" + port
                        + " failed (Connection refused); 255.255.255.255:" + port + " failed ("), line);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"ROUNDROBIN", "RANDOM", "HASH"})
    void eachHostIsTriedOnceAndTheLastReasonEndsTheSession(SchedulingMode mode) {
        try (StandingLoop loop = standing(mode)) {
            HeldWire client = new HeldWire();
            loop.arrive(client, CopyDialogue::new);
            String first = loop.goal();
            loop.failed(ErrorName.ECONNREFUSED, Cause.REFUSED);
            String second = loop.goal();
            loop.failed(ErrorName.ENETUNREACH, Cause.AT_ONCE);
            String third = loop.goal();
            assertEquals(List.of(THREE), List.of(first, second, third).stream().sorted().toList());
            assertFalse(client.isClosed());
            loop.failed(ErrorName.EHOSTUNREACH, Cause.REFUSED);
            assertFalse(loop.isConnecting());
            assertTrue(client.isClosed());
            assertEquals(List.of("warn relay r, session 1 (1 active), 0, 127.0.0.1 -> " + third
                    + ":80, socket error: No route to host, " + first + ":80 failed (Connection refused); " + second
                    + ":80 failed (Network is unreachable);: No route to host"), lines(loop));
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"SOURCE_HASH", "LOADBALANCE"})
    void aClientThatItsHashTiesToAHostStaysThere(SchedulingMode mode) {
        try (StandingLoop loop = standing(mode)) {
            HeldWire client = new HeldWire();
            loop.arrive(client, CopyDialogue::new);
            loop.failed(ErrorName.ECONNREFUSED, Cause.REFUSED);
            assertTrue(client.isClosed());
            assertFalse(loop.isConnecting());
        }
    }

    @Test
    void aConnectThatNobodyAnswersMovesOnAndEachHostHasTheWholeTime() {
        try (StandingLoop loop = standing(SchedulingMode.ROUNDROBIN)) {
            HeldWire client = new HeldWire();
            loop.arrive(client, CopyDialogue::new);
            loop.pass(Duration.ofMillis(5_200));
            assertEquals("127.0.0.2", loop.goal());
            loop.pass(Duration.ofMillis(4_500));
            assertEquals("127.0.0.2", loop.goal());
            HeldWire target = new HeldWire();
            loop.connected(target);
            client.come("x");
            assertEquals("x", target.sent());
            loop.pass(Duration.ofSeconds(6));
            assertEquals(List.of("warn relay r, session 1 (1 active), 0, 127.0.0.1 -> 127.0.0.2:80, "
                    + "buffer event timeout, 127.0.0.1:80 failed (Operation timed out);: Operation timed out"),
                    lines(loop));
        }
    }

    @Test
    void allHostsThatDoNotAnswerEndInAConnectTimeout() {
        try (StandingLoop loop = standing(SchedulingMode.ROUNDROBIN)) {
            HeldWire client = new HeldWire();
            loop.arrive(client, CopyDialogue::new);
            loop.pass(Duration.ofSeconds(14));
            assertTrue(loop.isConnecting());
            loop.pass(Duration.ofSeconds(2));
            assertTrue(client.isClosed());
            assertTrue(lines(loop).getFirst().contains(" -> 127.0.0.3:80, connect timeout, "), lines(loop).toString());
        }
    }

    @Test
    void hostsThatWentDownMeanwhileAreNotTried() {
        boolean[] down = new boolean[3];
        try (StandingLoop loop = new StandingLoop(new Paths().table("t", 80, SchedulingMode.ROUNDROBIN, THREE),
                _ -> index -> !down[index])) {
            loop.arrive(new HeldWire(), CopyDialogue::new);
            down[1] = true;
            loop.failed(ErrorName.ECONNREFUSED, Cause.REFUSED);
            assertEquals("127.0.0.3", loop.goal());
            down[0] = true;
            down[2] = true;
            loop.failed(ErrorName.ECONNREFUSED, Cause.REFUSED);
            assertFalse(loop.isConnecting());
            assertTrue(lines(loop).getFirst().contains("socket error: Connection refused, "));
        }
    }

    @Test
    void theBackupTableIsForTablesWithoutAUsableHostOnly() {
        Paths path = new Paths().table("main", 80, SchedulingMode.ROUNDROBIN, "127.0.0.1").table("backup", 80,
                SchedulingMode.ROUNDROBIN, "127.0.0.2");
        try (StandingLoop loop = new StandingLoop(path)) {
            loop.arrive(new HeldWire(), CopyDialogue::new);
            loop.failed(ErrorName.ECONNREFUSED, Cause.REFUSED);
            assertFalse(loop.isConnecting());
        }
    }

    @Test
    void theShareOfADeadHostIsSpreadOverTheOthers() {
        try (StandingLoop loop = standing(SchedulingMode.ROUNDROBIN)) {
            int[] served = new int[4];
            for (int i = 0; i < 8; i++) {
                loop.arrive(new HeldWire(), CopyDialogue::new);
                if (loop.goal().equals("127.0.0.1")) {
                    loop.failed(ErrorName.ECONNREFUSED, Cause.REFUSED);
                }
                served[loop.goal().charAt(8) - '0']++;
                loop.connected(new HeldWire());
            }
            assertEquals(List.of(4, 4), List.of(served[2], served[3]));
        }
    }

    @Test
    void aClientThatLeavesMeanwhileEndsTheSearch() {
        try (StandingLoop loop = standing(SchedulingMode.ROUNDROBIN)) {
            HeldWire client = new HeldWire();
            loop.arrive(client, CopyDialogue::new);
            loop.failed(ErrorName.ECONNREFUSED, Cause.REFUSED);
            assertEquals("127.0.0.2", loop.goal());
            assertEquals(0, loop.expected());
            client.heard().broken(Fault.said("gone"));
            assertFalse(loop.isConnecting());
            assertEquals(0, loop.expected());
        }
    }

    @Test
    void aShortageOfDescriptorsIsNoFaultOfTheHost() {
        try (StandingLoop loop = standing(SchedulingMode.ROUNDROBIN)) {
            loop.arrive(new HeldWire(), CopyDialogue::new);
            loop.failed(ErrorName.EMFILE, Cause.EXHAUSTED);
            loop.pass(Duration.ofMillis(1_100));
            assertEquals("127.0.0.1", loop.goal());
        }
    }

    @Test
    void aRelayThatServesItselfInItsTableGoesToTheOthers() throws Exception {
        int port = FreePorts.next();
        Paths path = new Paths().port(port);
        path.table("t", port, SchedulingMode.ROUNDROBIN, "127.0.0.1", "127.0.0.2");
        try (ServerSocket server = Peers.listen("127.0.0.2", port); RunningEngine _ = RunningEngine.of(path);
                Socket _ = Peers.connect(port); Socket target = Peers.accept(server)) {
            assertTrue(target.isConnected());
        }
    }

    @Test
    void aReloadBetweenTwoHostsChangesNothing() throws Exception {
        try (StandingLoop loop = standing(SchedulingMode.ROUNDROBIN)) {
            loop.arrive(new HeldWire(), CopyDialogue::new);
            loop.relay().adopt(loop.relay().path(), loop.relay().settings(), _ -> index -> index == 2);
            loop.failed(ErrorName.ECONNREFUSED, Cause.REFUSED);
            assertEquals("127.0.0.3", loop.goal());
        }
    }
}
