package org.relayd.runtime.relay.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.relayd.ir.config.Protocol;
import org.relayd.ir.term.Dialect;
import org.relayd.ir.term.EntityOption;
import org.relayd.ir.term.EntityType;
import org.relayd.runtime.SocketKind;
import org.relayd.runtime.relay.Paths;
import org.relayd.runtime.relay.Peers;

/** The target closes a connection that it could have kept, while the client's next request is on its way. */
class KeptConnectionTest {
    private static final String NONE = "HTTP/1.1 204 No Content\r\n\r\n";
    private static final String BAD_GATEWAY = "HTTP/1.0 502 Bad Gateway\r\n";
    private static final int RACES = 150;

    /** How it closes. */
    enum Way {
        CLOSES, RESETS;

        void go(Socket target) throws IOException {
            if (this == RESETS) {
                Peers.reset(target);
            } else {
                target.close();
            }
        }
    }

    private static String request(String method, String lines) {
        return method + " / HTTP/1.1\r\nHost: x\r\n" + lines + "\r\n";
    }

    /** Has one exchange, and returns the connection to the target that it leaves. */
    private static Socket afterOne(HttpScene scene, Socket client) throws IOException {
        Peers.send(client, request("GET", ""));
        Socket target = scene.target();
        answer(client, target);
        return target;
    }

    private static void answer(Socket client, Socket target) throws IOException {
        Peers.readUntil(target, "\r\n\r\n");
        Peers.send(target, NONE);
        assertEquals(NONE, Peers.readUntil(client, "\r\n\r\n"));
    }

    static List<Arguments> members() {
        List<Arguments> all = new ArrayList<>();
        for (SocketKind kind : List.of(SocketKind.ofThisMachine(), SocketKind.PORTABLE)) {
            for (Dialect dialect : List.of(Dialect.CURRENT, Dialect.V5_1)) {
                for (Way way : List.of(Way.CLOSES, Way.RESETS)) {
                    all.add(Arguments.of(kind, dialect, way));
                }
            }
        }
        return all;
    }

    @ParameterizedTest
    @MethodSource("members")
    void aRequestThatMayBeSentTwiceIs(SocketKind kind, Dialect dialect, Way way) throws Exception {
        try (HttpScene scene = HttpScene.of(kind, new Paths(), dialect, true); Socket client = scene.client()) {
            Socket target = afterOne(scene, client);
            for (String method : List.of("GET", "HEAD", "OPTIONS", "PUT", "DELETE", "TRACE")) {
                Peers.send(client, request(method, method.equals("PUT") ? "Content-Length: 0\r\n" : ""));
                String sent = Peers.readUntil(target, "\r\n\r\n");
                way.go(target);
                target = scene.target();
                assertEquals(sent, Peers.readUntil(target, "\r\n\r\n"));
                Peers.send(target, NONE);
                assertEquals(NONE, Peers.readUntil(client, "\r\n\r\n"));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("members")
    void betweenRequestsTheClientDoesNotNoticeIt(SocketKind kind, Dialect dialect, Way way) throws Exception {
        try (HttpScene scene = HttpScene.of(kind, new Paths(), dialect, true); Socket client = scene.client()) {
            way.go(afterOne(scene, client));
            // A refused connection shows that the relay has seen the end of the other one.
            try (Socket later = scene.client()) {
                afterOne(scene, later).close();
            }
            Peers.send(client, request("POST", "Content-Length: 1\r\n") + "x");
            try (Socket next = scene.target()) {
                assertTrue(Peers.readUntil(next, "\r\n\r\n").startsWith("POST"));
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void anyOtherRequestGetsBadGateway(Way way) throws Exception {
        for (String request : List.of(request("POST", ""), request("PUT", "Content-Length: 3\r\n") + "ab",
                request("PUT", "Content-Length: 5000\r\n") + "x".repeat(5000),
                request("PUT", "Transfer-Encoding: chunked\r\n") + "2\r\nab\r\n0\r\n\r\n", request("LOCK", ""),
                request("PURGE", ""))) {
            try (HttpScene scene = HttpScene.of(); Socket client = scene.client()) {
                Socket target = afterOne(scene, client);
                Peers.send(client, request);
                Peers.readUntil(target, "\r\n\r\n");
                way.go(target);
                assertTrue(Peers.readAll(client).startsWith(BAD_GATEWAY), request);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"H", "HTTP/1.1 200 OK\r\nContent-Length: 0", "HTTP/1.1 103 Early Hints\r\n\r\n"})
    void nothingIsSentTwiceAfterAnOctetOfItsAnswer(String begun) throws Exception {
        for (Way way : Way.values()) {
            try (HttpScene scene = HttpScene.of(); Socket client = scene.client()) {
                Socket target = afterOne(scene, client);
                Peers.send(client, request("GET", ""));
                Peers.readUntil(target, "\r\n\r\n");
                Peers.send(target, begun);
                way.go(target);
                assertTrue(Peers.readAll(client).contains(BAD_GATEWAY));
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void theSecondTimeIsTheLast(Way way) throws Exception {
        try (HttpScene scene = HttpScene.of(); Socket client = scene.client()) {
            Socket target = afterOne(scene, client);
            Peers.send(client, request("GET", ""));
            for (int i = 0; i < 2; i++) {
                Peers.readUntil(target, "\r\n\r\n");
                way.go(target);
                target = i == 0 ? scene.target() : target;
            }
            assertTrue(Peers.readAll(client).startsWith(BAD_GATEWAY));
            assertTrue(scene.log().await("session 1 (").contains("(502 Bad Gateway), GET GET: "));
        }
    }

    @Test
    void aTargetThatIsGoneForGoodIsToldToTheClient() throws Exception {
        try (HttpScene scene = HttpScene.of(); Socket client = scene.client()) {
            Socket target = afterOne(scene, client);
            scene.stopTarget();
            Peers.send(client, request("GET", ""));
            Peers.readUntil(target, "\r\n\r\n");
            target.close();
            assertTrue(Peers.readAll(client).startsWith(BAD_GATEWAY));
            assertTrue(scene.log().await("session 1 (").contains(", socket error: Connection refused (502 "));
        }
    }

    @ParameterizedTest
    @EnumSource
    void aSmallBodyIsSentAgainWithItsHead(Way way) throws Exception {
        try (HttpScene scene = HttpScene.of(); Socket client = scene.client()) {
            Socket target = afterOne(scene, client);
            Peers.send(client, request("PUT", "Content-Length: 1000\r\n") + "x".repeat(1000));
            String sent = Peers.readUntil(target, "\r\n\r\n") + Peers.read(target, 1000);
            way.go(target);
            target = scene.target();
            assertEquals(sent, Peers.read(target, sent.length()));
            Peers.send(target, NONE);
            assertEquals(NONE, Peers.readUntil(client, "\r\n\r\n"));
            Peers.send(client, request("POST", "Content-Length: 1\r\n") + "y");
            assertTrue(Peers.readUntil(target, "\r\n\r\n").startsWith("POST "));
            assertEquals("y", Peers.read(target, 1));
        }
    }

    @Test
    void aHandshakeOfAWebsocketIsSentAgain() throws Exception {
        try (HttpScene scene = HttpScene.of(new Paths(), new Protocol.HttpSettings(8192, true, Optional.empty()));
                Socket client = scene.client()) {
            Socket target = afterOne(scene, client);
            Peers.send(client, request("GET", "Connection: Upgrade\r\nUpgrade: websocket\r\n"));
            String sent = Peers.readUntil(target, "\r\n\r\n");
            target.close();
            assertEquals(sent, Peers.readUntil(scene.target(), "\r\n\r\n"));
        }
    }

    @Test
    void whatWasSentInAdvanceComesAfterIt() throws Exception {
        try (HttpScene scene = HttpScene.of(); Socket client = scene.client()) {
            Socket target = afterOne(scene, client);
            Peers.send(client, request("GET", "X: 1\r\n") + request("POST", "Content-Length: 3\r\n") + "abc");
            Peers.readUntil(target, "\r\n\r\n");
            target.close();
            Socket next = scene.target();
            answer(client, next);
            assertTrue(Peers.readUntil(next, "abc").startsWith("POST "));
        }
    }

    /** A head that is longer than those that memory is kept for. */
    @Test
    void aLongRequestIsSentAgain() throws Exception {
        try (HttpScene scene = HttpScene.of(); Socket client = scene.client()) {
            Socket target = afterOne(scene, client);
            Peers.send(client, request("GET", "X: " + "x".repeat(7000) + "\r\n"));
            String sent = Peers.readUntil(target, "\r\n\r\n");
            target.close();
            assertEquals(sent, Peers.readUntil(scene.target(), "\r\n\r\n"));
        }
    }

    @Test
    void aTargetThatWasToldToCloseGetsNoFurtherRequest() throws Exception {
        try (HttpScene scene = HttpScene
                .of(RuleSource.match().on(EntityType.HEADER, EntityOption.SET, "Connection", "close"));
                Socket client = scene.client()) {
            Peers.send(client, request("POST", ""));
            Socket target = scene.target();
            Peers.readUntil(target, "\r\n\r\n");
            Peers.send(target, "HTTP/1.1 204 No Content\r\nConnection: keep-alive\r\n\r\n");
            Peers.readUntil(client, "\r\n\r\n");
            Peers.send(client, request("POST", ""));
            assertTrue(Peers.readUntil(scene.target(), "\r\n\r\n").startsWith("POST "));
        }
    }

    /** Closes each connection after its first answer, as a target does whose patience is over at that moment. */
    private static void impatient(HttpScene scene) {
        Thread.ofVirtual().start(() -> {
            try {
                while (true) {
                    Socket target = scene.freshTarget();
                    Thread.ofVirtual().start(() -> serveOne(target));
                }
            } catch (IOException over) {
                // The test is over.
            }
        });
    }

    private static void serveOne(Socket target) {
        try (target) {
            Peers.readUntil(target, "\r\n\r\n");
            Peers.send(target, NONE);
        } catch (SocketException reset) {
            // The relay has closed meanwhile.
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"NATIVE", "PORTABLE"})
    void everyRequestOfARaceIsAnswered(SocketKind kind) throws Exception {
        try (HttpScene scene = HttpScene.of(kind, new Paths(), Dialect.CURRENT, true); Socket client = scene.client()) {
            impatient(scene);
            for (int i = 0; i < RACES; i++) {
                Peers.send(client, request("GET", ""));
                assertEquals(NONE, Peers.readUntil(client, "\r\n\r\n"));
            }
        }
    }
}
