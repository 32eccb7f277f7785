package org.relayd.runtime.relay.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.net.Socket;
import java.net.SocketException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.relayd.ir.config.Filter;
import org.relayd.ir.config.Protocol;
import org.relayd.ir.plan.RelayNode;
import org.relayd.runtime.SocketKind;
import org.relayd.runtime.relay.Paths;
import org.relayd.runtime.relay.Peers;
import org.relayd.runtime.relay.copy.CopyDialogue;
import org.relayd.runtime.relay.session.HeldWire;
import org.relayd.runtime.relay.session.StandingLoop;
import org.relayd.runtime.relay.wire.Fault;

/** Clients that send no more: they may wait for their answer, or be gone. */
class HalfClosedTest {
    private static final String REQUEST = "GET / HTTP/1.1\r\nHost: x\r\n\r\n";
    private static final String OPEN_END = "HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n";

    /** A relay between two wires, whose client has asked for something. */
    private static final class Scene implements AutoCloseable {
        private final StandingLoop loop;
        private final HeldWire client = new HeldWire();
        private final HeldWire target = new HeldWire();

        Scene(Duration timeout) {
            loop = new StandingLoop(new Paths().to(80).timeout(timeout).http(Protocol.HttpSettings.defaults(),
                    Optional.empty(), new Filter.Rules(List.of())));
            HttpRelay http = new HttpRelay(loop.relay(), new HttpLoop(),
                    (RelayNode.Inspect.Http) loop.relay().path().inspect());
            loop.arrive(client, (session, wire) -> new HttpDialogue(http, session, wire));
        }

        Scene asks(String request) {
            client.come(request);
            loop.connected(target);
            return this;
        }

        void pass(int seconds) {
            loop.pass(Duration.ofSeconds(seconds));
        }

        boolean isOver() {
            assertEquals(client.isClosed(), target.isClosed());
            return client.isClosed();
        }

        @Override
        public void close() {
            loop.close();
        }
    }

    @Test
    void aClientThatEndsAfterItsRequestGetsItsAnswer() {
        try (Scene scene = new Scene(Duration.ofMinutes(10)).asks(REQUEST)) {
            scene.client.heard().ended();
            scene.pass(29);
            scene.target.come("HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nha");
            scene.pass(29);
            assertFalse(scene.isOver());
            scene.target.come("lf");
            assertTrue(scene.client.sent().endsWith("\r\n\r\nhalf"));
            assertTrue(scene.client.isClosed());
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {600, 20})
    void silenceAfterTheEndOfAClientEndsBothSidesSoon(int timeout) {
        int most = Math.min(30, timeout);
        try (Scene scene = new Scene(Duration.ofSeconds(timeout)).asks(REQUEST)) {
            scene.client.heard().ended();
            scene.pass(most - 1);
            assertFalse(scene.isOver());
            scene.pass(2);
            assertTrue(scene.isOver());
        }
    }

    @Test
    void aClientThatMaySendMoreHasTheSessionTimeout() {
        try (Scene scene = new Scene(Duration.ofMinutes(10)).asks(REQUEST)) {
            scene.pass(598);
            assertFalse(scene.isOver());
            scene.pass(3);
            assertTrue(scene.isOver());
        }
    }

    @Test
    void aBodyWithoutLengthGoesOnAsLongAsOctetsMove() {
        try (Scene scene = new Scene(Duration.ofMinutes(10)).asks(REQUEST)) {
            scene.target.come(OPEN_END);
            scene.client.heard().ended();
            for (int i = 0; i < 10; i++) {
                scene.pass(25);
                scene.target.come("data: x\n\n");
            }
            assertFalse(scene.isOver());
            scene.pass(31);
            assertTrue(scene.isOver());
        }
    }

    @Test
    void aTunnelWhoseClientHasEndedIsNotKeptLong() {
        try (Scene scene = new Scene(Duration.ofMinutes(10)).asks("CONNECT x:1 HTTP/1.1\r\nHost: x:1\r\n\r\n")) {
            scene.target.come("HTTP/1.1 200 OK\r\n\r\n");
            scene.pass(100);
            assertFalse(scene.isOver());
            scene.client.heard().ended();
            assertTrue(scene.target.sent().endsWith("|"));
            scene.pass(29);
            scene.target.come("x");
            scene.pass(29);
            assertFalse(scene.isOver());
            scene.pass(2);
            assertTrue(scene.isOver());
        }
    }

    @Test
    void aTargetThatIsNotThereYetIsNotWaitedForLong() {
        try (Scene scene = new Scene(Duration.ofMinutes(10))) {
            scene.client.come(REQUEST);
            scene.client.heard().ended();
            scene.pass(29);
            assertTrue(scene.loop.isConnecting());
            scene.pass(2);
            assertFalse(scene.loop.isConnecting());
            assertTrue(scene.client.isClosed());
        }
    }

    @Test
    void aClientThatIsGoneWhileItIsNotReadTakesItsTargetAlong() {
        try (Scene scene = new Scene(Duration.ofMinutes(10)).asks(REQUEST)) {
            scene.client.heard().unheard(Fault.said("gone"));
            assertTrue(scene.target.isReset());
        }
    }

    @Test
    void inATcpRelayEachDirectionHasTheSessionTimeout() {
        try (StandingLoop loop = new StandingLoop(new Paths().to(80).timeout(Duration.ofMinutes(10)))) {
            for (int side = 0; side < 2; side++) {
                HeldWire client = new HeldWire();
                loop.arrive(client, CopyDialogue::new);
                HeldWire target = new HeldWire();
                loop.connected(target);
                HeldWire ends = side == 0 ? client : target;
                HeldWire stays = side == 0 ? target : client;
                ends.heard().ended();
                assertEquals("|", stays.sent());
                loop.pass(Duration.ofSeconds(598));
                stays.come("late");
                assertEquals("late", ends.sent());
                loop.pass(Duration.ofSeconds(598));
                stays.heard().ended();
                assertTrue(client.isClosed() && target.isClosed());
                assertFalse(client.isReset() || target.isReset());
            }
        }
    }

    private static void assertReset(Socket socket) {
        assertThrows(SocketException.class, () -> {
            while (socket.getInputStream().read() >= 0) {
                assertTrue(socket.isConnected());
            }
        });
    }

    private static Socket asked(HttpScene scene, Socket client, String request) throws Exception {
        Peers.send(client, request);
        Socket target = scene.target();
        Peers.readUntil(target, "\r\n\r\n");
        return target;
    }

    private static void reset(Socket socket) throws Exception {
        socket.setSoLinger(true, 0);
        socket.close();
    }

    @Test
    void aClientThatResetsWhileTheTargetThinksIsNoticed() throws Exception {
        try (HttpScene scene = HttpScene.of()) {
            Socket client = scene.client();
            Socket target = asked(scene, client, REQUEST);
            reset(client);
            assertReset(target);
        }
    }

    @Test
    void aClientThatResetsWhileItIsNotReadIsNoticed() throws Exception {
        assumeTrue(SocketKind.ofThisMachine() == SocketKind.NATIVE);
        try (HttpScene scene = HttpScene.of()) {
            Socket client = scene.client();
            Socket target = asked(scene, client, REQUEST + REQUEST.repeat(8000));
            reset(client);
            assertReset(target);
        }
    }

    @Test
    void aReaderOfEventsThatHasClosedIsFoundByTheNextEvent() throws Exception {
        assumeTrue(SocketKind.ofThisMachine() == SocketKind.NATIVE);
        try (HttpScene scene = HttpScene.of()) {
            Socket client = scene.client();
            Socket target = asked(scene, client, REQUEST);
            Peers.send(target, OPEN_END + "data: 1\n\n");
            Peers.readUntil(client, "data: 1\n\n");
            client.close();
            Peers.send(target, "data: 2\n\n");
            assertReset(target);
            assertTrue(scene.log().await("session 1 (").contains(", done, GET"));
        }
    }
}
