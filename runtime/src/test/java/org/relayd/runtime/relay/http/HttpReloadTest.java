package org.relayd.runtime.relay.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.relayd.ir.config.Protocol;
import org.relayd.ir.term.EntityType;
import org.relayd.runtime.relay.Paths;
import org.relayd.runtime.relay.Peers;

/** What a reload changes holds for the next request of every connection, however long it is there. */
class HttpReloadTest {
    private static final String ANSWER = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";
    private static final RuleSource SECRET = RuleSource.block().on(EntityType.PATH, "/secret*");

    private static String get(String path) {
        return "GET " + path + " HTTP/1.1\r\nHost: x\r\n\r\n";
    }

    private static void assertForbidden(Socket client) throws Exception {
        String answer = Peers.readAll(client);
        assertTrue(answer.startsWith("HTTP/1.0 403 "), answer);
    }

    /** A client that has asked once, and the connection to the target that is kept for it. */
    private static Socket serve(HttpScene scene, Socket client) throws Exception {
        Peers.send(client, get("/"));
        Socket target = scene.target();
        Peers.readUntil(target, "\r\n\r\n");
        Peers.send(target, ANSWER);
        assertEquals(ANSWER, Peers.readUntil(client, "ok"));
        return target;
    }

    @Test
    void aKeptConnectionTakesTheNewRules() throws Exception {
        try (HttpScene scene = HttpScene.of()) {
            Socket client = scene.client();
            serve(scene, client);
            scene.reload(SECRET);
            Peers.send(client, get("/secret"));
            assertForbidden(client);
            assertTrue(scene.log().await("session 1 ").contains(", done,"));
            assertTrue(scene.log().await("session 2 ").contains("Forbidden"));
        }
    }

    @Test
    void aKeptConnectionGoesOnWithWhatTheNewRulesAllow() throws Exception {
        try (HttpScene scene = HttpScene.of(SECRET)) {
            Socket client = scene.client();
            serve(scene, client);
            for (int i = 0; i < 3; i++) {
                scene.reload(RuleSource.block().on(EntityType.PATH, "/other" + i));
                serve(scene, client);
            }
            scene.reload(SECRET);
            Peers.send(client, get("/secret"));
            assertForbidden(client);
        }
    }

    @Test
    void anExchangeUnderWayEndsAsItBeganAndTheRequestBehindItTakesTheNewRules() throws Exception {
        try (HttpScene scene = HttpScene.of()) {
            Socket client = scene.client();
            Peers.send(client, get("/secret/1") + get("/secret/2"));
            Socket target = scene.target();
            Peers.readUntil(target, "\r\n\r\n");
            scene.reload(SECRET);
            Peers.send(target, ANSWER);
            assertEquals(ANSWER, Peers.readUntil(client, "ok"));
            assertForbidden(client);
        }
    }

    @Test
    void aRequestWhoseHeadIsNotWholeTakesTheNewRules() throws Exception {
        try (HttpScene scene = HttpScene.of()) {
            Socket client = scene.client();
            serve(scene, client);
            Peers.send(client, "GET /secret HTTP/1.1\r\nHost");
            scene.reload(SECRET);
            Peers.send(client, ": x\r\n\r\n");
            assertForbidden(client);
        }
    }

    @Test
    void whatAClientThatHasEndedSentInAdvanceTakesTheNewRules() throws Exception {
        try (HttpScene scene = HttpScene.of()) {
            Socket client = scene.client();
            Peers.send(client, get("/secret/1") + get("/secret/2"));
            client.shutdownOutput();
            Socket target = scene.target();
            Peers.readUntil(target, "\r\n\r\n");
            scene.reload(SECRET);
            Peers.send(target, ANSWER);
            assertEquals(ANSWER, Peers.readUntil(client, "ok"));
            assertForbidden(client);
        }
    }

    @Test
    void whatAClientThatHasEndedSentInAdvanceIsServedByTheNewRelay() throws Exception {
        try (HttpScene scene = HttpScene.of()) {
            Socket client = scene.client();
            Peers.send(client, get("/1") + get("/2") + get("/3"));
            client.shutdownOutput();
            Socket target = scene.target();
            Peers.readUntil(target, "\r\n\r\n");
            scene.reload(SECRET);
            Peers.send(target, ANSWER);
            Socket next = scene.target();
            assertTrue(Peers.readUntil(next, "\r\n\r\n").startsWith("GET /2 "));
            scene.reload(RuleSource.block().on(EntityType.PATH, "/3"));
            Peers.send(next, ANSWER);
            assertEquals(ANSWER + ANSWER, Peers.read(client, 2 * ANSWER.length()));
            assertForbidden(client);
        }
    }

    @Test
    void requestsSentInAdvanceTakeTheRulesOfTheirTurn() throws Exception {
        try (HttpScene scene = HttpScene.of()) {
            Socket client = scene.client();
            Peers.send(client, get("/1") + get("/2") + get("/secret") + get("/4"));
            Socket target = scene.target();
            Peers.readUntil(target, "\r\n\r\n");
            scene.reload(RuleSource.block().on(EntityType.PATH, "/1"));
            Peers.send(target, ANSWER);
            Socket next = scene.target();
            Peers.readUntil(next, "\r\n\r\n");
            scene.reload(SECRET);
            Peers.send(next, ANSWER);
            assertEquals(ANSWER + ANSWER, Peers.read(client, 2 * ANSWER.length()));
            assertForbidden(client);
        }
    }

    @Test
    void aBodyThatIsUnderWayGoesWhereItsHeadWent() throws Exception {
        try (HttpScene scene = HttpScene.of()) {
            Socket client = scene.client();
            Peers.send(client, "POST /secret HTTP/1.1\r\nHost: x\r\nContent-Length: 8\r\n\r\nhalf");
            Socket target = scene.target();
            Peers.readUntil(target, "half");
            scene.reload(SECRET);
            Peers.send(client, "rest" + get("/secret"));
            assertEquals("rest", Peers.read(target, 4));
            Peers.send(target, ANSWER);
            assertEquals(ANSWER, Peers.readUntil(client, "ok"));
            assertForbidden(client);
        }
    }

    @Test
    void aRelayThatIsTakenOutClosesConnectionsOnWhichNothingIsUnderWay() throws Exception {
        try (HttpScene scene = HttpScene.of()) {
            Socket client = scene.client();
            serve(scene, client);
            Socket silent = scene.client();
            Peers.send(silent, "\r\n");
            serve(scene, scene.client());
            scene.removeRelay();
            assertEquals("", Peers.readAll(client));
            assertEquals("", Peers.readAll(silent));
            assertTrue(scene.log().await("session 1 ").contains(", done,"));
        }
    }

    @Test
    void aTargetOfARelayThatIsTakenOutEndsTheConnectionWithItsAnswer() throws Exception {
        try (HttpScene scene = HttpScene.of()) {
            Socket client = scene.client();
            Peers.send(client, get("/1"));
            Socket target = scene.target();
            Peers.readUntil(target, "\r\n\r\n");
            Peers.send(target, "HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nha");
            Peers.readUntil(client, "ha");
            scene.removeRelay();
            Peers.send(target, "lf");
            assertEquals("lf", Peers.readAll(client));
        }
    }

    @Test
    void aTunnelOfARelayThatIsTakenOutGoesOnUntilItIsIdle() throws Exception {
        try (HttpScene scene = HttpScene.of(new Paths().timeout(Duration.ofSeconds(1)),
                Protocol.HttpSettings.defaults())) {
            Socket client = scene.client();
            Peers.send(client, "CONNECT x:1 HTTP/1.1\r\nHost: x:1\r\n\r\n");
            Socket target = scene.target();
            Peers.readUntil(target, "\r\n\r\n");
            Peers.send(target, "HTTP/1.1 200 OK\r\n\r\n");
            Peers.readUntil(client, "\r\n\r\n");
            scene.removeRelay();
            client.setSoTimeout(400);
            for (int i = 0; i < 5; i++) {
                Peers.send(target, "x");
                assertEquals("x", Peers.read(client, 1));
                assertThrows(SocketTimeoutException.class, () -> client.getInputStream().read());
            }
            client.setSoTimeout(10_000);
            assertTrue(Peers.hasEnded(client));
        }
    }

    @Test
    void aRelayThatIsTakenOutServesNoFurtherRequest() throws Exception {
        try (HttpScene scene = HttpScene.of()) {
            Socket client = scene.client();
            Peers.send(client, get("/1"));
            Socket target = scene.target();
            Peers.readUntil(target, "\r\n\r\n");
            scene.removeRelay();
            Peers.send(target, ANSWER);
            assertEquals(ANSWER.replace("OK\r\n", "OK\r\nConnection: close\r\n"), Peers.readAll(client));
        }
    }
}
