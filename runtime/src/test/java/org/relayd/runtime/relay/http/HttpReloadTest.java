package org.relayd.runtime.relay.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.Socket;
import org.junit.jupiter.api.Test;
import org.relayd.ir.term.EntityType;
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
    void whatAClientThatHasEndedSentInAdvanceIsNotServedByTheOldRules() throws Exception {
        try (HttpScene scene = HttpScene.of()) {
            Socket client = scene.client();
            Peers.send(client, get("/secret/1") + get("/secret/2"));
            client.shutdownOutput();
            Socket target = scene.target();
            Peers.readUntil(target, "\r\n\r\n");
            scene.reload(SECRET);
            Peers.send(target, ANSWER);
            assertEquals(ANSWER, Peers.readAll(client));
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
            assertEquals(ANSWER, Peers.readUntil(client, "ok"));
            Peers.send(client, get("/2"));
            assertEquals("", Peers.readAll(client));
        }
    }
}
