package org.relayd.runtime.relay.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.relayd.ir.config.Protocol;
import org.relayd.ir.term.Dialect;
import org.relayd.runtime.SocketKind;
import org.relayd.runtime.relay.Paths;
import org.relayd.runtime.relay.Peers;

/** A target that took a request and fails before its answer has begun: the client hears of it, and so does the log. */
class TargetFailsTest {
    private static final String GET = "GET / HTTP/1.1\r\nHost: x\r\n\r\n";

    /** How it fails. */
    enum Way {
        CLOSES("target left"), RESETS("Connection reset by peer");

        private final String words;

        Way(String words) {
            this.words = words;
        }

        void go(Socket target) throws IOException {
            if (this == RESETS) {
                Peers.reset(target);
            } else {
                target.shutdownOutput();
            }
        }
    }

    /** What it said before, and what the client gets of that. */
    enum Said {
        NOTHING("", ""), CONTINUE("HTTP/1.1 100 Continue\r\n\r\n", "HTTP/1.1 100 Continue\r\n\r\n"), HINTS(
                "HTTP/1.1 103 Early Hints\r\nLink: a\r\n\r\n",
                "HTTP/1.1 103 Early Hints\r\nLink: a\r\n\r\n"),
        HALF("HTTP/1.1 200 OK\r\nContent-Le", "");

        private final String octets;
        private final String passed;

        Said(String octets, String passed) {
            this.octets = octets;
            this.passed = passed;
        }
    }

    static List<Arguments> members() {
        List<Arguments> all = new ArrayList<>();
        for (SocketKind kind : List.of(SocketKind.ofThisMachine(), SocketKind.PORTABLE)) {
            for (Dialect dialect : List.of(Dialect.CURRENT, Dialect.V5_1)) {
                for (Way way : List.of(Way.CLOSES, Way.RESETS)) {
                    for (Said said : List.of(Said.NOTHING, Said.CONTINUE, Said.HINTS, Said.HALF)) {
                        all.add(Arguments.of(kind, dialect, way, said));
                    }
                }
            }
        }
        return all;
    }

    private static void fail(Socket target, Way way, Said said) throws IOException {
        Peers.readUntil(target, "\r\n\r\n");
        int half = said.octets.length() / 2;
        Peers.send(target, said.octets.substring(0, half));
        Peers.send(target, said.octets.substring(half));
        way.go(target);
    }

    private static void assertBadGateway(String passed, String answer) {
        assertTrue(answer.startsWith(passed + "HTTP/1.0 502 Bad Gateway\r\n"), answer);
        assertTrue(answer.contains("<div id='m'>Bad Gateway</div>"), answer);
    }

    private static String line(HttpScene scene, Dialect dialect, String reason, String methods) {
        String target = " -> 127.0.0.1:" + scene.targetPort() + ", ";
        return dialect == Dialect.CURRENT
                ? "warn relay r1, session 1 (1 active), 0, 127.0.0.1" + target + reason + "," + methods
                        + ": Bad Gateway"
                : "info relay r1, session 1 (1 active), 0, 127.0.0.1" + target + reason;
    }

    @ParameterizedTest
    @MethodSource("members")
    void theClientGetsAPageAndTheLogTheReason(SocketKind kind, Dialect dialect, Way way, Said said) throws Exception {
        try (HttpScene scene = HttpScene.of(kind, new Paths(), dialect, true); Socket client = scene.client()) {
            Peers.send(client, GET);
            fail(scene.target(), way, said);
            assertBadGateway(said.passed, Peers.readAll(client));
            String reason = said == Said.HALF && way == Way.CLOSES ? "Bad Gateway: response headers cut short"
                    : way.words;
            scene.log().awaitLine(line(scene, dialect, reason + " (502 Bad Gateway)", " GET"));
        }
    }

    @ParameterizedTest
    @EnumSource
    void withoutPagesTheReasonStandsInTheLog(Way way) throws Exception {
        for (Dialect dialect : List.of(Dialect.CURRENT, Dialect.V5_1)) {
            try (HttpScene scene = HttpScene.of(SocketKind.ofThisMachine(), new Paths(), dialect, false);
                    Socket client = scene.client()) {
                Peers.send(client, GET);
                fail(scene.target(), way, Said.NOTHING);
                assertEquals("", Peers.readAll(client));
                scene.log().awaitLine(line(scene, dialect, way.words, " GET"));
            }
        }
    }

    /** A request that is never sent twice, by its name. */
    enum Asked {
        /** The first of its connection. */
        FIRST("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\n\r\n"),
        /** Half of its body has come. */
        HALF("PUT / HTTP/1.1\r\nHost: x\r\nContent-Length: 4\r\n\r\nab"),
        /** The same in chunks. */
        CHUNKED("PUT / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nab"),
        /** Others follow it. */
        PIPELINED("POST / HTTP/1.1\r\nHost: x\r\n\r\nGET /2 HTTP/1.1\r\nHost: x\r\n\r\n"),
        /** Its answer would be a tunnel. */
        CONNECT("CONNECT x:80 HTTP/1.1\r\nHost: x:80\r\n\r\n"),
        /** Its client speaks an old version. */
        OLD("GET / HTTP/1.0\r\n\r\n"),
        /** Its client has sent all. */
        ENDED(GET);

        private final String octets;

        Asked(String octets) {
            this.octets = octets;
        }
    }

    static List<Arguments> requests() {
        List<Arguments> all = new ArrayList<>();
        for (SocketKind kind : List.of(SocketKind.ofThisMachine(), SocketKind.PORTABLE)) {
            for (Way way : Way.values()) {
                for (Asked asked : Asked.values()) {
                    all.add(Arguments.of(kind, way, asked));
                }
            }
        }
        return all;
    }

    @ParameterizedTest
    @MethodSource("requests")
    void whateverWasAsked(SocketKind kind, Way way, Asked asked) throws Exception {
        try (HttpScene scene = HttpScene.of(kind, new Paths(), Dialect.CURRENT, true); Socket client = scene.client()) {
            Peers.send(client, asked.octets);
            if (asked == Asked.ENDED) {
                client.shutdownOutput();
            }
            fail(scene.target(), way, Said.NOTHING);
            assertBadGateway("", Peers.readAll(client));
            scene.log().awaitLine(line(scene, Dialect.CURRENT, way.words + " (502 Bad Gateway)",
                    " " + asked.octets.split(" ", 2)[0]));
        }
    }

    @Test
    void anAnswerToHeadHasNoBody() throws Exception {
        try (HttpScene scene = HttpScene.of(); Socket client = scene.client()) {
            Peers.send(client, GET.replace("GET", "HEAD"));
            fail(scene.target(), Way.CLOSES, Said.NOTHING);
            String answer = Peers.readAll(client);
            assertTrue(answer.startsWith("HTTP/1.0 502 "), answer);
            assertTrue(answer.endsWith("\r\n\r\n"), answer);
        }
    }

    @Test
    void aWebsocketThatNobodyAcceptedIsAnsweredLikeAnythingElse() throws Exception {
        Protocol.HttpSettings settings = new Protocol.HttpSettings(8192, true, Optional.empty());
        try (HttpScene scene = HttpScene.of(new Paths(), settings); Socket client = scene.client()) {
            Peers.send(client, "GET / HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n");
            fail(scene.target(), Way.RESETS, Said.NOTHING);
            assertBadGateway("", Peers.readAll(client));
        }
    }

    @ParameterizedTest
    @EnumSource
    void aLaterRequestIsAnsweredLikeTheFirst(Way way) throws Exception {
        try (HttpScene scene = HttpScene.of(); Socket client = scene.client()) {
            Peers.send(client, GET);
            Socket target = scene.target();
            Peers.readUntil(target, "\r\n\r\n");
            Peers.send(target, "HTTP/1.1 204 No Content\r\n\r\n");
            assertEquals("HTTP/1.1 204 No Content\r\n\r\n", Peers.readUntil(client, "\r\n\r\n"));
            Peers.send(client, Asked.FIRST.octets);
            fail(target, way, Said.NOTHING);
            assertBadGateway("", Peers.readAll(client));
            scene.log().awaitLine(line(scene, Dialect.CURRENT, way.words + " (502 Bad Gateway)", " GET POST"));
        }
    }

    /** The client is not to blame for what it could not send. */
    @Test
    void aTargetThatReadsNothingIsLate() throws Exception {
        try (HttpScene scene = HttpScene.of(new Paths().timeout(Duration.ofSeconds(1)),
                Protocol.HttpSettings.defaults());
                Socket client = scene.client()) {
            Thread upload = Thread.ofVirtual().start(() -> Peers.offer(client,
                    "PUT / HTTP/1.1\r\nHost: x\r\nContent-Length: 90000000\r\n\r\n" + "x".repeat(30_000_000)));
            scene.target();
            String answer = Peers.readAll(client);
            assertTrue(answer.startsWith("HTTP/1.0 504 Gateway Timeout\r\n"), answer);
            assertTrue(scene.log().await("session 1 (").contains(", buffer event timeout (504 Gateway Timeout), PUT"));
            upload.join();
        }
    }
}
