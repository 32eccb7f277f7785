package org.relayd.runtime.relay.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.relayd.ir.config.Protocol;
import org.relayd.ir.term.EntityOption;
import org.relayd.ir.term.EntityType;
import org.relayd.runtime.relay.Paths;
import org.relayd.runtime.relay.Peers;

class HttpSessionTest {
    private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";

    @Test
    void headersAreSortedAndChangedByRules() throws Exception {
        try (HttpScene scene = HttpScene.of(
                RuleSource.match().on(EntityType.HEADER, EntityOption.APPEND, "X-Forwarded-For", "$REMOTE_ADDR"),
                RuleSource.match().on(EntityType.HEADER, EntityOption.SET, "X-Relay", "bench"),
                RuleSource.match().on(EntityType.HEADER, EntityOption.REMOVE, "Accept"))) {
            String seen = scene.exchange(
                    "GET /a?b=c HTTP/1.1\r\nHost: x\r\nX-Relay: 1\r\nAccept: */*\r\nX-Forwarded-For: 192.0.2.7\r\nx-relay: 2\r\n\r\n",
                    OK);
            assertEquals(
                    "GET /a?b=c HTTP/1.1\r\nHost: x\r\nX-Forwarded-For: 192.0.2.7\r\nX-Forwarded-For: 127.0.0.1\r\nX-Relay: bench\r\n\r\n",
                    seen);
        }
    }

    @Test
    void oneConnectionCarriesManyExchangesAndOneLine() throws Exception {
        try (HttpScene scene = HttpScene.of(); Socket client = scene.client()) {
            Peers.send(client, "GET /1 HTTP/1.1\r\nHost: x\r\n\r\n");
            Socket target = scene.target();
            for (int i = 1; i <= 3; i++) {
                assertEquals("GET /" + i + " HTTP/1.1\r\nHost: x\r\n\r\n", Peers.readUntil(target, "\r\n\r\n"));
                Peers.send(target, OK);
                assertEquals("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok", Peers.read(client, OK.length()));
                Peers.send(client, "GET /" + (i + 1) + " HTTP/1.1\r\nHost: x\r\n\r\n");
            }
            assertEquals("GET /4 HTTP/1.1\r\nHost: x\r\n\r\n", Peers.readUntil(target, "\r\n\r\n"));
            client.shutdownOutput();
            Peers.send(target, OK);
            assertEquals(OK, Peers.readAll(client));
            assertEquals("info relay r1, session 1 (1 active), 0, 127.0.0.1 -> 127.0.0.1:" + scene.targetPort()
                    + ", done, GET GET GET GET", scene.log().await("session 1"));
        }
    }

    @Test
    void pipelinedRequestsAreAnsweredInOrder() throws Exception {
        try (HttpScene scene = HttpScene.of(); Socket client = scene.client()) {
            Peers.send(client,
                    "GET /1 HTTP/1.1\r\nHost: x\r\n\r\nPOST /2 HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\n\r\nabcGET /3 HTTP/1.1\r\nHost: x\r\n\r\n");
            Socket target = scene.target();
            assertEquals("GET /1 HTTP/1.1", Peers.readUntil(target, "\r\n\r\n").split("\r\n", 2)[0]);
            Peers.send(target, "HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\n1");
            assertEquals("POST /2 HTTP/1.1", Peers.readUntil(target, "\r\n\r\n").split("\r\n", 2)[0]);
            assertEquals("abc", Peers.read(target, 3));
            Peers.send(target, "HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\n2");
            assertEquals("GET /3 HTTP/1.1", Peers.readUntil(target, "\r\n\r\n").split("\r\n", 2)[0]);
            Peers.send(target, "HTTP/1.1 204 No Content\r\n\r\n");
            assertEquals(
                    "HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\n1HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\n2HTTP/1.1 204 No Content\r\n\r\n",
                    Peers.readUntil(client, "Content\r\n\r\n"));
        }
    }

    @Test
    void responseToHeadHasNoBodyAndTheConnectionStays() throws Exception {
        try (HttpScene scene = HttpScene.of(); Socket client = scene.client()) {
            Peers.send(client, "HEAD / HTTP/1.1\r\nHost: x\r\n\r\n");
            Socket target = scene.target();
            Peers.readUntil(target, "\r\n\r\n");
            Peers.send(target, "HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n");
            assertEquals("HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n", Peers.readUntil(client, "\r\n\r\n"));
            Peers.send(client, "GET / HTTP/1.1\r\nHost: x\r\n\r\n");
            assertTrue(Peers.readUntil(target, "\r\n\r\n").startsWith("GET / "));
        }
    }

    @Test
    void chunkedBodiesPassWithoutExtensionsAndWithTrailers() throws Exception {
        try (HttpScene scene = HttpScene.of(); Socket client = scene.client()) {
            Peers.send(client,
                    "PUT / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n3;a=\"b;c\"\r\nabc\r\nA ; x\r\n0123456789\r\n0\r\nX-Sum: 1\r\n\r\n");
            Socket target = scene.target();
            assertEquals("PUT / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n",
                    Peers.readUntil(target, "\r\n\r\n"));
            assertEquals("3\r\nabc\r\nA\r\n0123456789\r\n0\r\nX-Sum: 1\r\n\r\n", Peers.readUntil(target, "\r\n\r\n"));
            Peers.send(target, "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nok\r\n0\r\n\r\n");
            assertEquals("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nok\r\n0\r\n\r\n",
                    Peers.readUntil(client, "0\r\n\r\n"));
        }
    }

    @Test
    void responseWithoutLengthEndsWithTheConnectionAndSaysSo() throws Exception {
        try (HttpScene scene = HttpScene.of(); Socket client = scene.client()) {
            Peers.send(client, "GET / HTTP/1.1\r\nHost: x\r\n\r\n");
            try (Socket target = scene.target()) {
                Peers.readUntil(target, "\r\n\r\n");
                Peers.send(target, "HTTP/1.1 200 OK\r\nServer: s\r\n\r\nbody");
            }
            assertEquals("HTTP/1.1 200 OK\r\nConnection: close\r\nServer: s\r\n\r\nbody", Peers.readAll(client));
            assertTrue(scene.log().await("session 1").endsWith(", done, GET"));
        }
    }

    @Test
    void clientThatAsksForCloseGetsIt() throws Exception {
        try (HttpScene scene = HttpScene.of(); Socket client = scene.client()) {
            Peers.send(client, "GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
            Socket target = scene.target();
            Peers.readUntil(target, "\r\n\r\n");
            Peers.send(target, OK);
            assertEquals("HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 2\r\n\r\nok", Peers.readAll(client));
        }
    }

    @Test
    void continueIsPassedOnBeforeTheBody() throws Exception {
        try (HttpScene scene = HttpScene.of(); Socket client = scene.client()) {
            Peers.send(client, "PUT / HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nContent-Length: 3\r\n\r\n");
            Socket target = scene.target();
            assertTrue(Peers.readUntil(target, "\r\n\r\n").contains("Expect: 100-continue\r\n"));
            Peers.send(target, "HTTP/1.1 100 Continue\r\n\r\n");
            assertEquals("HTTP/1.1 100 Continue\r\n\r\n", Peers.readUntil(client, "\r\n\r\n"));
            Peers.send(client, "abc");
            assertEquals("abc", Peers.read(target, 3));
            Peers.send(target, OK);
            assertEquals(OK, Peers.read(client, OK.length()));
        }
    }

    @Test
    void finalAnswerBeforeTheBodyEndsTheSession() throws Exception {
        try (HttpScene scene = HttpScene.of(); Socket client = scene.client()) {
            Peers.send(client, "PUT / HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nContent-Length: 3\r\n\r\n");
            Socket target = scene.target();
            Peers.readUntil(target, "\r\n\r\n");
            Peers.send(target, "HTTP/1.1 417 Expectation Failed\r\nContent-Length: 0\r\n\r\n");
            assertEquals("HTTP/1.1 417 Expectation Failed\r\nConnection: close\r\nContent-Length: 0\r\n\r\n",
                    Peers.readAll(client));
            assertEquals("", Peers.readAll(target));
        }
    }

    @Test
    void websocketIsATunnelOnlyAfter101() throws Exception {
        Protocol.HttpSettings settings = new Protocol.HttpSettings(8192, true, Optional.empty());
        try (HttpScene scene = HttpScene.of(new Paths(), settings); Socket client = scene.client()) {
            Peers.send(client, "GET /ws HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\nEARLY");
            Socket target = scene.target();
            assertEquals("GET /ws HTTP/1.1\r\nConnection: upgrade\r\nHost: x\r\nUpgrade: websocket\r\n\r\n",
                    Peers.readUntil(target, "\r\n\r\n"));
            Peers.send(target, "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n");
            assertTrue(Peers.readUntil(client, "\r\n\r\n").startsWith("HTTP/1.1 101 "));
            assertEquals("EARLY", Peers.read(target, 5));
            Peers.send(target, "frame");
            assertEquals("frame", Peers.read(client, 5));
            client.shutdownOutput();
            assertEquals("", Peers.readAll(target));
        }
    }

    @Test
    void websocketIsRefusedUnlessAllowed() throws Exception {
        try (HttpScene scene = HttpScene.of()) {
            assertTrue(scene.refused("GET / HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n")
                    .startsWith("HTTP/1.0 403 Forbidden\r\n"));
            assertTrue(
                    scene.log().await("Websocket Forbidden").contains(", Websocket Forbidden (403 Forbidden), GET: "));
        }
    }

    @Test
    void blockedRequestGetsThePageAndNeverReachesATarget() throws Exception {
        try (HttpScene scene = HttpScene.of(RuleSource.block().on(EntityType.PATH, "/secret*").label("<b>no</b>"))) {
            String page = scene.refused("GET /secret/1 HTTP/1.1\r\nHost: x\r\n\r\n");
            assertTrue(page.startsWith("HTTP/1.0 403 Forbidden\r\nDate: "), page);
            assertTrue(page.contains("<h1>Forbidden</h1>\n<div id='m'>Forbidden</div>\n<div id='l'><b>no</b></div>\n"),
                    page);
            assertTrue(
                    scene.log().await("session 1").startsWith("warn relay r1, session 1 (1 active), 0, 127.0.0.1 -> :"
                            + scene.targetPort() + ", Forbidden (403 Forbidden), GET: "));
        }
    }

    @Test
    void withoutReturnErrorTheConnectionJustCloses() throws Exception {
        try (HttpScene scene = HttpScene.silent(RuleSource.block())) {
            assertEquals("", scene.refused("GET / HTTP/1.1\r\nHost: x\r\n\r\n"));
            assertEquals(
                    "info relay r1, session 1 (1 active), 0, 127.0.0.1 -> :" + scene.targetPort() + ", Forbidden, GET",
                    scene.log().await("session 1"));
        }
    }

    @Test
    void refusedTargetIsAnsweredWith502() throws Exception {
        try (HttpScene scene = HttpScene.of(new Paths(), Protocol.HttpSettings.defaults(),
                RuleSource.match().forwardTo("none"))) {
            scene.stopTarget();
            String page = scene.refused("GET / HTTP/1.1\r\nHost: x\r\n\r\n");
            assertTrue(page.startsWith("HTTP/1.0 502 Bad Gateway\r\n"), page);
            assertTrue(scene.log().await("session 1")
                    .contains(", socket error: Connection refused (502 Bad Gateway), GET: "));
        }
    }

    @Test
    void whatFollowsAGoodRequestIsJudgedAfterItsAnswer() throws Exception {
        try (HttpScene scene = HttpScene.of(); Socket client = scene.client()) {
            Peers.send(client, "PUT /4 HTTP/1.1\r\nHost: x\r\nContent-Length: 4\r\n\r\n123\nXXX\r\n");
            Socket target = scene.target();
            Peers.readUntil(target, "123\n");
            String body = "x".repeat(1_000_000);
            Peers.offer(target, "HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\n" + body);
            String answers = Peers.readAll(client);
            assertTrue(answers.startsWith("HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\n" + body
                    + "HTTP/1.0 400 Bad Request\r\n"), answers.replace(body, "..."));
            assertTrue(scene.log().await("session 1").contains(", malformed (400 Bad Request), PUT: "));
        }
    }

    /** More than the relay reads ahead: the kernel resets a connection that is closed with octets in it. */
    @Test
    void octetsBehindTheLastRequestDoNotCostItsAnswer() throws Exception {
        for (String last : List.of("GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
                "GET / HTTP/1.0\r\n\r\n")) {
            try (HttpScene scene = HttpScene.of(); Socket client = scene.client()) {
                Thread.ofVirtual().start(() -> Peers.offer(client, last + "GET /evil HTTP/1.1\r\n".repeat(100_000)));
                Socket target = scene.target();
                Peers.readUntil(target, "\r\n\r\n");
                Peers.send(target, "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
                assertTrue(Peers.readUntil(client, "\r\n\r\nok").startsWith("HTTP/1.1 200 OK\r\n"), last);
                assertEquals("", Peers.readAll(target));
            }
        }
    }

    @Test
    void clientThatLeavesInsideALineIsDone() throws Exception {
        try (HttpScene scene = HttpScene.of(); Socket client = scene.client()) {
            Peers.send(client, "GET ");
            client.shutdownOutput();
            assertEquals("", Peers.readAll(client));
            assertEquals("info relay r1, session 1 (1 active), 0, 127.0.0.1 -> :" + scene.targetPort() + ", done",
                    scene.log().await("session 1"));
        }
    }

    @Test
    void slowHeadIsCutAtTheSessionTimeout() throws Exception {
        try (HttpScene scene = HttpScene.of(new Paths().timeout(Duration.ofSeconds(1)),
                Protocol.HttpSettings.defaults()); Socket client = scene.client()) {
            // Every tenth of a second one more octet of a head that never ends.
            client.setSoTimeout(100);
            long start = System.nanoTime();
            boolean open = true;
            while (open && System.nanoTime() - start < Duration.ofSeconds(10).toNanos()) {
                Peers.offer(client, "G");
                open = !Peers.hasEnded(client);
            }
            long millis = Duration.ofNanos(System.nanoTime() - start).toMillis();
            assertTrue(millis >= 900 && millis < 3000, millis + " ms");
            assertTrue(scene.log().await("session 1").contains(", buffer event timeout"));
        }
    }

    @ParameterizedTest(name = "splice {0}")
    @ValueSource(booleans = {true, false})
    void largeChunksPassWhole(boolean splice) throws Exception {
        String data = "0123456789abcdef".repeat(32 * 1024);
        String body = (Integer.toHexString(data.length()) + "\r\n" + data + "\r\n").repeat(8) + "0\r\n\r\n";
        try (HttpScene scene = HttpScene.of(new Paths().splice(splice), Protocol.HttpSettings.defaults());
                Socket client = scene.client()) {
            Peers.send(client, "GET / HTTP/1.1\r\nHost: x\r\n\r\n");
            Socket target = scene.target();
            Peers.readUntil(target, "\r\n\r\n");
            Thread answer = Thread.ofVirtual().start(() -> {
                try {
                    Peers.send(target, "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" + body);
                } catch (java.io.IOException failure) {
                    throw new IllegalStateException(failure);
                }
            });
            Peers.readUntil(client, "\r\n\r\n");
            assertTrue(body.equals(Peers.read(client, body.length())));
            answer.join();
            Peers.send(client, "GET /next HTTP/1.1\r\nHost: x\r\n\r\n");
            assertTrue(Peers.readUntil(target, "\r\n\r\n").startsWith("GET /next "));
        }
    }

    @ParameterizedTest(name = "splice {0}")
    @ValueSource(booleans = {true, false})
    void largeBodiesPassWholeInBothDirections(boolean splice) throws Exception {
        String body = "0123456789abcdef".repeat(256 * 1024);
        try (HttpScene scene = HttpScene.of(new Paths().splice(splice), Protocol.HttpSettings.defaults());
                Socket client = scene.client()) {
            Thread writer = Thread.ofVirtual().start(() -> {
                try {
                    Peers.send(client,
                            "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: " + body.length() + "\r\n\r\n" + body);
                } catch (java.io.IOException failure) {
                    throw new IllegalStateException(failure);
                }
            });
            Socket target = scene.target();
            Peers.readUntil(target, "\r\n\r\n");
            assertTrue(body.equals(Peers.read(target, body.length())));
            writer.join();
            Thread answer = Thread.ofVirtual().start(() -> {
                try {
                    Peers.send(target, "HTTP/1.1 200 OK\r\nContent-Length: " + body.length() + "\r\n\r\n" + body);
                } catch (java.io.IOException failure) {
                    throw new IllegalStateException(failure);
                }
            });
            Peers.readUntil(client, "\r\n\r\n");
            assertTrue(body.equals(Peers.read(client, body.length())));
            answer.join();
            Peers.send(client, "GET /next HTTP/1.1\r\nHost: x\r\n\r\n");
            assertTrue(Peers.readUntil(target, "\r\n\r\n").startsWith("GET /next "));
        }
    }
}
