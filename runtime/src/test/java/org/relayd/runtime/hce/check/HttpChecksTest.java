package org.relayd.runtime.hce.check;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.relayd.ir.config.Digest;
import org.relayd.ir.config.HealthCheck;
import org.relayd.ir.term.CheckResult;
import org.relayd.ir.term.DigestAlgorithm;
import org.relayd.runtime.LoopbackServer;

/** Checks that speak HTTP, against servers on loopback that behave well and badly. */
class HttpChecksTest extends CheckTrial {
    private static HealthCheck.HttpDigest digest(DigestAlgorithm algorithm, String hex) {
        return new HealthCheck.HttpDigest(false, "/", Optional.of("www"), new Digest(algorithm, hex));
    }

    @Test
    void theHttpRequestIsThatOfTheManual() throws Exception {
        CompletableFuture<String> head = new CompletableFuture<>();
        CompletableFuture<String> withHost = new CompletableFuture<>();
        try (LoopbackServer server = LoopbackServer.start(client -> {
            byte[] bytes = new byte[1024];
            String request = new String(bytes, 0, client.getInputStream().read(bytes), ISO_8859_1);
            if (!head.complete(request)) {
                withHost.complete(request);
            }
        })) {
            check(code(200), server.port(), LONG);
            check(digest(DigestAlgorithm.MD5, "00"), server.port(), LONG);
        }
        assertEquals("HEAD /health HTTP/1.0\r\n\r\n", head.get(10, TimeUnit.SECONDS));
        assertEquals("GET / HTTP/1.1\r\nHost: www\r\nConnection: close\r\n\r\n", withHost.get(10, TimeUnit.SECONDS));
    }

    @Test
    void theWantedStatusCodeIsUp() throws Exception {
        assertEquals(CheckResult.HTTP_CODE_OK, against("HTTP/1.1 200 OK\r\nServer: x\r\n\r\n", code(200)));
        assertEquals(CheckResult.HTTP_CODE_OK, against("HTTP/1.0 301\r\n", code(301)));
        assertEquals(List.of(), log.take());
    }

    @Test
    void anotherStatusCodeIsShownWithTheResult() throws Exception {
        try (LoopbackServer server = LoopbackServer.start(client -> answer(client, "HTTP/1.1 404 Gone\r\n\r\n"))) {
            CheckOutcome outcome = check(epoll, code(200), server.port(), LONG, OptionalInt.empty());
            assertEquals(CheckResult.HTTP_CODE_MISMATCH, outcome.result());
            assertEquals(OptionalInt.of(404), outcome.httpCode());
        }
        assertEquals(List.of("check_http_code: localhost failed (invalid HTTP code 404 returned)"), log.take());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "SSH-2.0-x\r\n", "HTTP/2.0 200 OK\r\n\r\n", "HTTP/1.1 20", "HTTP/1.1 abc\r\n\r\n",
            "HTTP/1.1 2000\r\n\r\n", "http/1.1 200 OK\r\n\r\n", "HTTP/1.1"})
    void whatIsNotHttpIsMalformed(String answer) throws Exception {
        assertEquals(CheckResult.HTTP_CODE_MALFORMED, against(answer, code(200)));
        assertTrue(log.take().getFirst().startsWith("check_http_code: localhost failed (cannot parse HTTP "));
    }

    @Test
    void anHttpAnswerIsJudgedAtTheTimeoutIfThereIsOne() throws Exception {
        assertEquals(CheckResult.HTTP_CODE_OK, againstSilenceAfter("HTTP/1.1 200 OK\r\n", code(200)));
        assertEquals(CheckResult.TCP_READ_TIMEOUT, againstSilenceAfter("", code(200)));
    }

    @Test
    void aDigestCoversTheBodyUpToTheFirstNul() throws Exception {
        HealthCheck sha = digest(DigestAlgorithm.SHA1, "aaf4c61ddcc5e8a2dabede0f3b482cd9aea9434d");
        HealthCheck md5 = digest(DigestAlgorithm.MD5, "5d41402abc4b2a76b9719d911017c592");
        assertEquals(CheckResult.HTTP_DIGEST_OK, against("HTTP/1.1 200 OK\r\n\r\nhello", sha));
        assertEquals(CheckResult.HTTP_DIGEST_OK, against("HTTP/1.1 200 OK\r\n\r\nhello\0world", md5));
        assertEquals(List.of(), log.take());
        assertEquals(CheckResult.HTTP_DIGEST_MISMATCH, against("HTTP/1.1 200 OK\r\n\r\nhello!", md5));
        assertEquals(List.of("check_http_digest: localhost failed (wrong digest)"), log.take());
        assertEquals(CheckResult.HTTP_DIGEST_MALFORMED, against("hello", md5));
    }

    @Test
    void aDigestIsTheSameHoweverTheAnswerIsCut() throws Exception {
        HealthCheck sha = digest(DigestAlgorithm.SHA1, "aaf4c61ddcc5e8a2dabede0f3b482cd9aea9434d");
        try (LoopbackServer server = LoopbackServer.start(client -> {
            client.setTcpNoDelay(true);
            for (byte b : "HTTP/1.1 200 OK\r\nA: b\r\n\r\nhello".getBytes(ISO_8859_1)) {
                client.getOutputStream().write(b);
            }
        })) {
            assertEquals(CheckResult.HTTP_DIGEST_OK, check(sha, server.port(), LONG));
        }
    }

    /** Rows are what a host sends; all have the body {@code hello}. */
    @ParameterizedTest
    @ValueSource(strings = {"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n",
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2;a=b\r\nhe\r\n3\r\nllo\r\n0\r\nX: y\r\n\r\n",
            "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello and more", "HTTP/1.0 200 OK\r\n\r\nhello",
            "HTTP/1.1 200 OK\nContent-Length: 5\n\nhello", "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\n\r\nhello",
            "HTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\nHTTP/1.1 102 P\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello"})
    void aDigestCoversTheBodyHoweverItIsFramedAndCut(String answer) throws Exception {
        HealthCheck sha = digest(DigestAlgorithm.SHA1, "aaf4c61ddcc5e8a2dabede0f3b482cd9aea9434d");
        assertEquals(CheckResult.HTTP_DIGEST_OK, against(answer, sha));
        try (LoopbackServer server = LoopbackServer.start(client -> {
            client.setTcpNoDelay(true);
            client.getInputStream().read(new byte[1024]);
            for (byte b : answer.getBytes(ISO_8859_1)) {
                client.getOutputStream().write(b);
            }
            if (answer.contains("Content-Length") || answer.contains("chunked")) {
                // No close is needed to see the end.
                drain(client);
            }
        })) {
            assertEquals(CheckResult.HTTP_DIGEST_OK, check(sha, server.port(), LONG));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nhello",
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nContent-Length: 5\r\n\r\nhello", "HTTP/1.1 100 C\r\n\r\n",
            "HTTP/1.1 200 OK\r\nBad line\r\n\r\nhello"})
    void aDigestOfWhatNoRelayWouldPassOnIsMalformed(String answer) throws Exception {
        assertEquals(CheckResult.HTTP_DIGEST_MALFORMED,
                against(answer, digest(DigestAlgorithm.SHA1, "aaf4c61ddcc5e8a2dabede0f3b482cd9aea9434d")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"HTTP/1.1 200\r\n\r\n", "HTTP/1.1 200 \n\n", "HTTP/1.2 200 OK\r\n\r\n",
            "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\n\r\n",
            "HTTP/1.1 103 E\nA: b\n\nHTTP/1.1 102 P\n\nHTTP/1.1 200 OK\n\n"})
    void theStatusCodeIsThatOfTheFinalAnswer(String answer) throws Exception {
        assertEquals(CheckResult.HTTP_CODE_OK, against(answer, code(200)));
        try (LoopbackServer server = LoopbackServer.start(client -> {
            client.setTcpNoDelay(true);
            client.getInputStream().read(new byte[1024]);
            for (byte b : answer.getBytes(ISO_8859_1)) {
                client.getOutputStream().write(b);
            }
            drain(client);
        })) {
            assertEquals(CheckResult.HTTP_CODE_OK, check(code(200), server.port(), LONG));
        }
    }

    @Test
    void anInterimAnswerAloneIsNone() throws Exception {
        assertEquals(CheckResult.HTTP_CODE_MALFORMED, against("HTTP/1.1 100 Continue\r\n\r\n", code(100)));
        assertEquals(CheckResult.TCP_READ_TIMEOUT, againstSilenceAfter("HTTP/1.1 100 Continue\r\n\r\n", code(200)));
        assertEquals(CheckResult.HTTP_CODE_OK, against("HTTP/1.1 101 Switching Protocols\r\n\r\n", code(101)));
    }
}
