package org.relayd.runtime.relay.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.Socket;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.relayd.ir.term.EntityOption;
import org.relayd.ir.term.EntityType;
import org.relayd.runtime.relay.Peers;

/**
 * Messages that two parsers could read in two ways; each was an advisory of a proxy. A request must be refused and
 * never reach a target, a response must become 502.
 */
class SmugglingTest {
    private static final String HOST = "Host: x\r\n";

    static Stream<Arguments> requests() {
        return Stream.of(
                Arguments.of("length and chunked",
                        "POST / HTTP/1.1\r\n" + HOST
                                + "Content-Length: 6\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nX",
                        400),
                Arguments.of("coding list", coding("gzip, chunked"), 400),
                Arguments.of("coding with comma", coding("chunked ,"), 400),
                Arguments.of("unknown coding", coding("xchunked"), 400),
                Arguments.of("no coding", coding(""), 400), Arguments.of("identity", coding("identity"), 400),
                Arguments.of("quoted coding", coding("\"chunked\""), 400),
                Arguments.of("coding with a parameter", coding("chunked;q=1"), 400),
                Arguments.of("coding twice", coding("chunked, chunked"), 400),
                Arguments.of("fold behind the coding", coding("chunked\r\n ,x"), 400),
                Arguments.of("second coding", coding("chunked\r\nTransfer-Encoding: chunked"), 400),
                Arguments.of("coding behind vertical tab", coding("\u000bchunked"), 400),
                Arguments.of("folded coding", coding("\r\n chunked"), 400),
                Arguments.of("chunked, xchunked", coding("chunked, xchunked"), 400),
                Arguments.of("coding in HTTP/1.0",
                        "POST / HTTP/1.0\r\n" + HOST + "Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n", 400),
                Arguments.of("NUL in front", "\0GET / HTTP/1.1\r\n" + HOST + "\r\n", 400),
                Arguments.of("SOH in front", "\1GET / HTTP/1.1\r\n" + HOST + "\r\n", 400),
                Arguments.of("DEL in front", "\u007fGET / HTTP/1.1\r\n" + HOST + "\r\n", 400),
                Arguments.of("LF CR in front", "\n\rGET / HTTP/1.1\r\n" + HOST + "\r\n", 400),
                Arguments.of("blank in front", " GET / HTTP/1.1\r\n" + HOST + "\r\n", 400),
                Arguments.of("host with a path", "GET / HTTP/1.1\r\nHost: x/admin\r\n\r\n", 400),
                Arguments.of("empty name", "GET / HTTP/1.1\r\n" + HOST + ": x\r\n\r\n", 400),
                Arguments.of("empty length", length(""), 400), Arguments.of("length with comma", length("0, "), 400),
                Arguments.of("length list", length("5,5"), 400), Arguments.of("exponent", length("1e1"), 400),
                Arguments.of("2^63", length("9223372036854775808"), 400),
                Arguments.of("length with another digit", length("\u00b25"), 400),
                Arguments.of("signed length", length("+5"), 400),
                Arguments.of("two numbers", length("5 5"), 400),
                Arguments.of("20 digits", length("12345678901234567890"), 400),
                Arguments.of("hexadecimal length", length("0x5"), 400),
                Arguments.of("negative length", length("-1"), 400),
                Arguments.of("two lengths", length("5\r\nContent-Length: 6"), 400),
                Arguments.of("equal lengths", length("5\r\nContent-Length: 5"), 400),
                Arguments.of("folded length", length("\r\n 5"), 400),
                Arguments.of("blank before colon", "GET / HTTP/1.1\r\n" + HOST + "A : b\r\n\r\n", 400),
                Arguments.of("no colon", "GET / HTTP/1.1\r\n" + HOST + "abc\r\n\r\n", 400),
                Arguments.of("bare LF", "GET / HTTP/1.1\r\n" + HOST + "A: b\n\r\n", 400),
                Arguments.of("bare LF in the first line", "GET / HTTP/1.1\n" + HOST + "\r\n", 400),
                Arguments.of("bare LF in the last line", "GET / HTTP/1.1\r\n" + HOST + "\n", 400),
                Arguments.of("CR LF among LF", "GET / HTTP/1.1\n" + HOST + "A: b\n\n", 400),
                Arguments.of("CR LF last among LF", "GET / HTTP/1.1\nHost: x\n\r\n", 400),
                Arguments.of("bare CR", "GET / HTTP/1.1\r\n" + HOST + "A: b\rc\r\n\r\n", 400),
                Arguments.of("NUL in a value", "GET / HTTP/1.1\r\n" + HOST + "A: b\0c\r\n\r\n", 400),
                Arguments.of("fold first", "GET / HTTP/1.1\r\n " + HOST + "\r\n", 400),
                Arguments.of("fragment", "GET /a#/admin HTTP/1.1\r\n" + HOST + "\r\n", 400),
                Arguments.of("two blanks", "GET  / HTTP/1.1\r\n" + HOST + "\r\n", 400),
                Arguments.of("tab", "GET\t/ HTTP/1.1\r\n" + HOST + "\r\n", 400),
                Arguments.of("version 2.0", "GET / HTTP/2.0\r\n" + HOST + "\r\n", 400),
                Arguments.of("small version", "GET / http/1.1\r\n" + HOST + "\r\n", 400),
                Arguments.of("no host", "GET / HTTP/1.1\r\nA: b\r\n\r\n", 400),
                Arguments.of("two hosts", "GET / HTTP/1.1\r\n" + HOST + "Host: y\r\n\r\n", 400),
                Arguments.of("two equal hosts", "GET / HTTP/1.1\r\n" + HOST + HOST + "\r\n", 400),
                Arguments.of("host list", "GET / HTTP/1.1\r\nHost: x, y\r\n\r\n", 400),
                Arguments.of("absolute target of another host", "GET http://y/ HTTP/1.1\r\n" + HOST + "\r\n", 400),
                Arguments.of("relative target", "GET index.html HTTP/1.1\r\n" + HOST + "\r\n", 400),
                Arguments.of("TRACE with a length", "TRACE / HTTP/1.1\r\n" + HOST + "Content-Length: 1\r\n\r\nx", 400),
                Arguments.of("method with a separator", "F/O / HTTP/1.1\r\n" + HOST + "\r\n", 400),
                Arguments.of("no version", "GET /\r\n", 400),
                Arguments.of("five empty lines first", "\r\n\n\r\n\n\nGET / HTTP/1.1\r\n" + HOST + "\r\n", 406),
                Arguments.of("large head", "GET / HTTP/1.1\r\n" + HOST + "A: " + "a".repeat(8200) + "\r\n\r\n", 413),
                Arguments.of("endless line", "GET /" + "a".repeat(20_000), 413));
    }

    private static String coding(String value) {
        return "POST / HTTP/1.1\r\n" + HOST + "Transfer-Encoding: " + value + "\r\n\r\n0\r\n\r\n";
    }

    private static String length(String value) {
        return "POST / HTTP/1.1\r\n" + HOST + "Content-Length: " + value + "\r\n\r\n";
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("requests")
    void requestIsRefusedBeforeATargetIsConnected(String name, String request, int status) throws Exception {
        try (HttpScene scene = HttpScene.of()) {
            scene.stopTarget();
            String page = scene.refused(request);
            assertTrue(page.startsWith("HTTP/1.0 " + status + " "), name + ": " + page);
            assertTrue(scene.log().await("session 1").contains(" -> :"), scene.log().lines().toString());
        }
    }

    static Stream<Arguments> responses() {
        return Stream.of(
                Arguments.of("length and chunked",
                        "HTTP/1.1 200 OK\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"),
                Arguments.of("two lengths", "HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab"),
                Arguments.of("unknown coding", "HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip\r\n\r\n"),
                Arguments.of("coding on 204", "HTTP/1.1 204 No\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"),
                Arguments.of("body on 204", "HTTP/1.1 204 No\r\nContent-Length: 2\r\n\r\nab"),
                Arguments.of("length on 100", "HTTP/1.1 100 Continue\r\nContent-Length: 2\r\n\r\nab"),
                Arguments.of("HTTP/0.9", "<html>hello</html>\r\n"),
                Arguments.of("large head", "HTTP/1.1 200 OK\r\nA: " + "a".repeat(200_000) + "\r\n\r\n"),
                Arguments.of("code 600", "HTTP/1.1 600 No\r\nContent-Length: 0\r\n\r\n"),
                Arguments.of("fold for a reason", "HTTP/1.1 200\r\n OK\r\nContent-Length: 0\r\n\r\n"),
                Arguments.of("version 1.10", "HTTP/1.10 200 OK\r\nContent-Length: 0\r\n\r\n"),
                Arguments.of("bare LF in the first line", "HTTP/1.1 200 OK\nContent-Length: 0\r\n\r\n"),
                Arguments.of("bare LF in the last line", "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\n"),
                Arguments.of("CR LF last among LF", "HTTP/1.1 200 OK\nContent-Length: 0\n\r\n"),
                Arguments.of("blank before colon", "HTTP/1.1 200 OK\r\nContent-Length : 2\r\n\r\nok"),
                Arguments.of("bare CR", "HTTP/1.1 200 OK\r\nA: b\rSet-Cookie: x\r\n\r\n"),
                Arguments.of("split by NUL", "HTTP/1.1 200 OK\r\nA: b\0c\r\n\r\n"),
                Arguments.of("switch nobody asked for",
                        "HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\nConnection: upgrade\r\n\r\n"),
                Arguments.of("1xx flood", "HTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\n".repeat(40)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("responses")
    void responseBecomesBadGateway(String name, String response) throws Exception {
        try (HttpScene scene = HttpScene.of(); Socket client = scene.client()) {
            Peers.send(client, "GET / HTTP/1.1\r\n" + HOST + "\r\n");
            Socket target = scene.target();
            Peers.readUntil(target, "\r\n\r\n");
            Peers.offer(target, response);
            String answer = Peers.readAll(client).replaceAll("(?s)(HTTP/1.1 103 .*?\r\n\r\n)+", "");
            assertTrue(answer.startsWith("HTTP/1.0 502 Bad Gateway\r\n"), name + ": " + answer);
        }
    }

    static Stream<Arguments> chunks() {
        return Stream.of(Arguments.of("no number", "xyz\r\n", "invalid chunk size"),
                Arguments.of("extension ended by a bare LF", "1;a\nx\r\n0\r\n\r\n", "invalid chunk size"),
                Arguments.of("CR LF in a quoted extension", "1;a=\"\r\n\"\r\nx\r\n0\r\n\r\n", "invalid chunk size"),
                Arguments.of("vertical tab behind", "1\u000b\r\nx\r\n0\r\n\r\n", "invalid chunk size"),
                Arguments.of("blank and another digit", "1 1\r\nx\r\n0\r\n\r\n", "invalid chunk size"),
                Arguments.of("blank and a bare LF", "1 \nx\r\n0\r\n\r\n", "invalid chunk size"),
                Arguments.of("data without end", "1\r\nxy\r\n0\r\n\r\n", "invalid chunk size"),
                Arguments.of("bare LF behind the size", "1\nx\r\n0\r\n\r\n", "invalid chunk size"),
                Arguments.of("negative", "-1\r\n", "invalid chunk size"),
                Arguments.of("prefix", "0x1\r\nx\r\n", "invalid chunk size"),
                Arguments.of("signed", "+1\r\nx\r\n", "invalid chunk size"),
                Arguments.of("blank in front", " 1\r\nx\r\n", "invalid chunk size"),
                Arguments.of("letter behind", "1g\r\nx\r\n", "invalid chunk size"),
                Arguments.of("bare CR behind the size", "1\rx\r\n0\r\n\r\n", "invalid chunk size"),
                Arguments.of("33 digits", "0".repeat(32) + "1\r\nx\r\n", "chunk size too long: chunk digits 32"),
                Arguments.of("2^63", "8000000000000000\r\nx\r\n",
                        "chunk size too long: chunk size 9223372036854775807"),
                Arguments.of("endless blanks", "1" + " ".repeat(65_536), "chunk size too long: chunk line 4096"),
                Arguments.of("endless size", "1".repeat(65_536), "chunk size too long: chunk size 9223372036854775807"),
                Arguments.of("endless extension", "1;" + "a".repeat(65_536), "chunk size too long: chunk line 4096"),
                Arguments.of("endless trailer", "0\r\nA: " + "a".repeat(65_536), "chunk size too long: trailers 8192"),
                Arguments.of("bad trailer", "0\r\nA b\r\n\r\n", "invalid chunk size"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("chunks")
    void badChunkEndsTheSession(String name, String body, String reason) throws Exception {
        try (HttpScene scene = HttpScene.of(); Socket client = scene.client()) {
            Peers.send(client, "POST / HTTP/1.1\r\n" + HOST + "Transfer-Encoding: chunked\r\n\r\n");
            Socket target = scene.target();
            Peers.readUntil(target, "\r\n\r\n");
            Peers.offer(client, body);
            boolean limit = reason.startsWith("chunk size too long: ");
            assertEquals(limit, Peers.readAll(client).contains("<div id='m'>" + reason + "</div>"), name);
            assertTrue(scene.log().await("session 1").contains(", " + reason + (limit ? " (400 " : ", POST: ")),
                    scene.log().lines().toString());
        }
    }

    @Test
    void upgradeToSomethingElseIsNoTunnel() throws Exception {
        try (HttpScene scene = HttpScene.of(RuleSource.block().on(EntityType.PATH, "/admin*"));
                Socket client = scene.client()) {
            Peers.send(client, "GET / HTTP/1.1\r\n" + HOST
                    + "Connection: Upgrade\r\nUpgrade: foo\r\n\r\nGET /admin HTTP/1.1\r\n" + HOST + "\r\n");
            Socket target = scene.target();
            assertEquals("GET / HTTP/1.1\r\nHost: x\r\n\r\n", Peers.readUntil(target, "\r\n\r\n"));
            Peers.send(target, "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
            String answers = Peers.readAll(client);
            assertTrue(answers.contains("HTTP/1.0 403 Forbidden"), answers);
            assertEquals("", Peers.readAll(target));
        }
    }

    @Test
    void bytesBehindARequestWithoutLengthAreTheNextRequest() throws Exception {
        try (HttpScene scene = HttpScene.of(RuleSource.block().on(EntityType.PATH, "/admin"));
                Socket client = scene.client()) {
            Peers.send(client, "POST / HTTP/1.1\r\n" + HOST + "\r\nGET /admin HTTP/1.1\r\n" + HOST + "\r\n");
            Socket target = scene.target();
            assertTrue(Peers.readUntil(target, "\r\n\r\n").startsWith("POST / "));
            Peers.send(target, "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
            assertTrue(Peers.readAll(client).contains("HTTP/1.0 403 "));
        }
    }

    @Test
    void fieldsThatLookLikeOwnedOnesAreDropped() throws Exception {
        try (HttpScene scene = HttpScene
                .of(RuleSource.match().on(EntityType.HEADER, EntityOption.SET, "X-Forwarded-For", "$REMOTE_ADDR"))) {
            String seen = scene.exchange(
                    "GET / HTTP/1.1\r\n" + HOST
                            + "X_Forwarded_For: 1\r\nx-forwarded-FOR: 2\r\nX-Forwarded_For: 3\r\nA_B: 4\r\n\r\n",
                    "HTTP/1.1 204 No\r\n\r\n");
            assertEquals("GET / HTTP/1.1\r\nA_B: 4\r\nHost: x\r\nx-forwarded-FOR: 127.0.0.1\r\n\r\n", seen);
            assertEquals("info relay r1, session 1: dropped header field X_Forwarded_For",
                    scene.log().await("dropped"));
        }
    }

    @Test
    void connectionCannotTakeAwayWhatRulesAdd() throws Exception {
        try (HttpScene scene = HttpScene
                .of(RuleSource.match().on(EntityType.HEADER, EntityOption.SET, "X-Forwarded-For", "$REMOTE_ADDR"))) {
            String seen = scene.exchange(
                    "GET / HTTP/1.1\r\n" + HOST
                            + "Connection: close, X-Forwarded-For, Host\r\nX-Forwarded-For: 1\r\nKeep-Alive: 5\r\n\r\n",
                    "HTTP/1.1 204 No\r\n\r\n");
            assertEquals("GET / HTTP/1.1\r\nHost: x\r\nX-Forwarded-For: 127.0.0.1\r\n\r\n", seen);
        }
    }

    @Test
    void longHeaderNamePassesAsOne() throws Exception {
        try (HttpScene scene = HttpScene.of()) {
            String name = "A" + "b".repeat(269);
            String seen = scene.exchange("GET / HTTP/1.1\r\n" + HOST + name + ": 1\r\n\r\n", "HTTP/1.1 204 No\r\n\r\n");
            assertEquals("GET / HTTP/1.1\r\n" + name + ": 1\r\nHost: x\r\n\r\n", seen);
            assertFalse(seen.contains("Content-Length"));
        }
    }

    @Test
    void foldedFieldIsWrittenInOneLine() throws Exception {
        try (HttpScene scene = HttpScene.of()) {
            String seen = scene.exchange("GET / HTTP/1.1\r\nA: 1\r\n cont\r\n" + HOST + "\r\n",
                    "HTTP/1.1 204 No\r\n\r\n");
            assertEquals("GET / HTTP/1.1\r\nA: 1 cont\r\nHost: x\r\n\r\n", seen);
        }
    }

    @Test
    void bytesThatNobodyAskedForNeverReachTheNextClient() throws Exception {
        try (HttpScene scene = HttpScene.of(); Socket client = scene.client()) {
            Peers.send(client, "GET / HTTP/1.1\r\n" + HOST + "\r\n");
            Socket target = scene.target();
            Peers.readUntil(target, "\r\n\r\n");
            Peers.send(target,
                    "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nokHTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nevil");
            assertEquals("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok", Peers.readAll(client));
        }
    }
}
