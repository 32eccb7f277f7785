package org.relayd.runtime.hce.check;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.nio.NioIoHandler;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.relayd.ir.config.Digest;
import org.relayd.ir.config.HealthCheck;
import org.relayd.ir.config.Host;
import org.relayd.ir.config.HostId;
import org.relayd.ir.net.IpAddress;
import org.relayd.ir.net.Port;
import org.relayd.ir.term.CheckResult;
import org.relayd.ir.term.DigestAlgorithm;
import org.relayd.ir.term.ProxyProtocol;
import org.relayd.runtime.LoopbackServer;
import org.relayd.runtime.RecordedLog;
import org.relayd.runtime.SocketKind;
import org.relayd.runtime.relay.http.AnswerReader;

/** Every kind of check over a connection, against servers on loopback that behave well and badly. */
class CheckersTest {
    private static final Duration LONG = Duration.ofSeconds(20);
    private static final Duration SHORT = Duration.ofMillis(150);
    /** Long enough for servers on a machine that is busy itself. */
    private static final Duration BUSY = Duration.ofMillis(600);
    private static EventLoopGroup epoll;
    private static EventLoopGroup nio;
    private static TestKey key;

    private final RecordedLog log = new RecordedLog(true);

    @BeforeAll
    static void open() throws Exception {
        nio = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
        epoll = SocketKind.ofThisMachine() == SocketKind.NATIVE
                ? new MultiThreadIoEventLoopGroup(1, EpollIoHandler.newFactory()) : nio;
        key = TestKey.make();
    }

    @AfterAll
    static void close() {
        nio.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
        epoll.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
    }

    private CheckOutcome check(EventLoopGroup group, HealthCheck check, int port, Duration timeout, OptionalInt ttl)
            throws Exception {
        return check(group, check, port, timeout, ttl, Optional.empty());
    }

    private CheckOutcome check(EventLoopGroup group, HealthCheck check, int port, Duration timeout, OptionalInt ttl,
            Optional<ProxyProtocol> proxy) throws Exception {
        CheckSockets sockets = new CheckSockets(group.next(),
                group.equals(nio) ? SocketKind.PORTABLE : SocketKind.NATIVE);
        Host host = new Host(new HostId(1), "localhost", IpAddress.parse("127.0.0.1").orElseThrow(), Optional.empty(),
                0, ttl, OptionalInt.empty());
        CompletableFuture<CheckOutcome> outcome = new CompletableFuture<>();
        try (Checkers checkers = new Checkers(sockets, new NoRights(), AnswerReader::new, 1, log)) {
            sockets.loop()
                    .execute(() -> checkers.apply(check).start(new CheckTarget(host, new Port(port), timeout, proxy),
                            outcome::complete));
            return outcome.get(30, TimeUnit.SECONDS);
        }
    }

    private CheckResult check(HealthCheck check, int port, Duration timeout) throws Exception {
        return check(epoll, check, port, timeout, OptionalInt.empty()).result();
    }

    private CheckResult against(String answer, HealthCheck check) throws Exception {
        try (LoopbackServer server = LoopbackServer.start(client -> answer(client, answer))) {
            return check(check, server.port(), LONG);
        }
    }

    private CheckResult againstSilenceAfter(String answer, HealthCheck check) throws Exception {
        try (LoopbackServer server = LoopbackServer.start(client -> {
            client.getOutputStream().write(answer.getBytes(ISO_8859_1));
            client.getOutputStream().flush();
            drain(client);
        })) {
            return check(check, server.port(), SHORT);
        }
    }

    private static void answer(Socket client, String answer) throws IOException {
        client.getInputStream().read(new byte[1024]);
        client.getOutputStream().write(answer.getBytes(ISO_8859_1));
        client.getOutputStream().flush();
    }

    /** Reads until the other side closes. */
    private static void drain(Socket client) throws IOException {
        client.getInputStream().readAllBytes();
    }

    private static HealthCheck.HttpCode code(int code) {
        return new HealthCheck.HttpCode(false, "/health", Optional.empty(), code);
    }

    private static HealthCheck.HttpDigest digest(DigestAlgorithm algorithm, String hex) {
        return new HealthCheck.HttpDigest(false, "/", Optional.of("www"), new Digest(algorithm, hex));
    }

    private static HealthCheck.SendExpect expect(String glob) {
        return new HealthCheck.SendExpect(false, Optional.of("PING\n"), glob);
    }

    @Test
    void anOpenConnectionIsEnoughForTcp() throws Exception {
        try (LoopbackServer server = LoopbackServer.start(CheckersTest::drain)) {
            assertEquals(CheckResult.TCP_CONNECT_OK, check(new HealthCheck.TcpConnect(), server.port(), LONG));
            assertEquals(CheckResult.TCP_CONNECT_OK,
                    check(nio, new HealthCheck.TcpConnect(), server.port(), LONG, OptionalInt.empty()).result());
        }
    }

    @Test
    void aClosedPortIsAFailure() throws Exception {
        int port;
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        assertEquals(CheckResult.TCP_CONNECT_FAILED, check(new HealthCheck.TcpConnect(), port, LONG));
        assertEquals(CheckResult.TCP_CONNECT_FAILED, check(new HealthCheck.TlsHandshake(), port, LONG));
    }

    @Test
    void aFullQueueIsATimeout() throws Exception {
        List<Socket> fill = new ArrayList<>();
        try (ServerSocket deaf = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            boolean full = false;
            while (!full && fill.size() < 64) {
                Socket socket = new Socket();
                fill.add(socket);
                try {
                    socket.connect(new InetSocketAddress(deaf.getInetAddress(), deaf.getLocalPort()), 200);
                } catch (SocketTimeoutException dropped) {
                    full = true;
                }
            }
            assertTrue(full);
            assertEquals(CheckResult.TCP_CONNECT_TIMEOUT,
                    check(new HealthCheck.TcpConnect(), deaf.getLocalPort(), SHORT));
        } finally {
            for (Socket socket : fill) {
                socket.close();
            }
        }
    }

    @Test
    void timeToLiveIsSetOnNativeSocketsAndRefusedOnOthers() throws Exception {
        try (LoopbackServer server = LoopbackServer.start(CheckersTest::drain)) {
            HealthCheck check = new HealthCheck.TcpConnect();
            if (SocketKind.ofThisMachine() == SocketKind.NATIVE) {
                assertEquals(CheckResult.TCP_CONNECT_OK,
                        check(epoll, check, server.port(), LONG, OptionalInt.of(3)).result());
            }
            assertEquals(CheckResult.TCP_SOCKET_OPTION,
                    check(nio, check, server.port(), LONG, OptionalInt.of(3)).result());
        }
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

    @Test
    void whatIsExpectedMayComeInPieces() throws Exception {
        try (LoopbackServer server = LoopbackServer.start(client -> {
            client.setTcpNoDelay(true);
            client.getOutputStream().write("+PO".getBytes(ISO_8859_1));
            client.getInputStream().read(new byte[5]);
            client.getOutputStream().write("NG 1\r\n".getBytes(ISO_8859_1));
            drain(client);
        })) {
            assertEquals(CheckResult.SEND_EXPECT_OK, check(expect("+PONG*"), server.port(), LONG));
        }
    }

    @Test
    void whatIsNotExpectedIsDownAtTheCloseAndAtTheTimeout() throws Exception {
        assertEquals(CheckResult.SEND_EXPECT_FAILED, against("-ERR\r\n", expect("+PONG*")));
        assertEquals(CheckResult.SEND_EXPECT_FAILED, against("", expect("+PONG*")));
        assertEquals(CheckResult.SEND_EXPECT_FAILED, againstSilenceAfter("-ERR\r\n", expect("+PONG*")));
        assertEquals(CheckResult.TCP_READ_TIMEOUT, againstSilenceAfter("", expect("+PONG*")));
    }

    @Test
    void nothingMayBeSentFirst() throws Exception {
        try (LoopbackServer server = LoopbackServer.start(client -> {
            client.getOutputStream().write("220 mail\r\n".getBytes(ISO_8859_1));
            drain(client);
        })) {
            HealthCheck greeting = new HealthCheck.SendExpect(false, Optional.empty(), "220 *");
            assertEquals(CheckResult.SEND_EXPECT_OK, check(greeting, server.port(), LONG));
        }
    }

    @Test
    void textsThatAreNotAsciiAreTheOctetsOfTheFile() throws Exception {
        try (LoopbackServer server = LoopbackServer.start(client -> {
            boolean asked = Arrays.equals("é".getBytes(UTF_8), client.getInputStream().readNBytes(2));
            client.getOutputStream().write((asked ? "中!" : "no").getBytes(UTF_8));
            drain(client);
        })) {
            HealthCheck chinese = new HealthCheck.SendExpect(false, Optional.of("é"), "中*");
            assertEquals(CheckResult.SEND_EXPECT_OK, check(chinese, server.port(), LONG));
        }
    }

    @Test
    void anEndlessAnswerDoesNotFillTheMemory() throws Exception {
        try (LoopbackServer server = LoopbackServer.start(client -> {
            byte[] noise = new byte[65536];
            while (!client.isClosed()) {
                client.getOutputStream().write(noise);
            }
        })) {
            assertEquals(CheckResult.SEND_EXPECT_FAILED, check(expect("x*"), server.port(), LONG));
            assertEquals(CheckResult.HTTP_CODE_MALFORMED, check(code(200), server.port(), LONG));
        }
    }

    @Test
    void binaryAnswersAreComparedFromTheirBeginning() throws Exception {
        HealthCheck check = new HealthCheck.BinarySendExpect(false, Optional.of("0001"), "4f4b");
        assertEquals(CheckResult.SEND_EXPECT_OK, against("OK and more", check));
        assertEquals(CheckResult.SEND_EXPECT_FAILED, againstSilenceAfter("KO", check));
        assertEquals(CheckResult.SEND_EXPECT_FAILED, against("O", check));
        assertEquals(CheckResult.SEND_EXPECT_FAILED, againstSilenceAfter("O", check));
        assertEquals(CheckResult.TCP_READ_TIMEOUT, againstSilenceAfter("", check));
    }

    /** What a host of a table with {@code proxy-protocol} hears first, in octets. */
    private String heard(HealthCheck check, ProxyProtocol version, int count) throws Exception {
        CompletableFuture<String> heard = new CompletableFuture<>();
        try (LoopbackServer server = LoopbackServer.start(client -> heard
                .complete(new String(client.getInputStream().readNBytes(count), ISO_8859_1)))) {
            check(epoll, check, server.port(), LONG, OptionalInt.empty(), Optional.of(version));
            return heard.get(10, TimeUnit.SECONDS);
        }
    }

    @Test
    void hostsThatExpectAProxyHeaderGetOneOfNobodyInEveryCheck() throws Exception {
        String text = "PROXY UNKNOWN\r\n";
        String binary = "\r\n\r\n\0\r\nQUIT\n \0\0\0";
        String request = "HEAD /health HTTP/1.0\r\n\r\n";
        assertEquals(text + request, heard(code(200), ProxyProtocol.V1, text.length() + request.length()));
        assertEquals(binary + request, heard(code(200), ProxyProtocol.V2, binary.length() + request.length()));
        assertEquals(text, heard(new HealthCheck.TcpConnect(), ProxyProtocol.V1, text.length() + 1));
        assertEquals(binary, heard(new HealthCheck.TcpConnect(), ProxyProtocol.V2, binary.length() + 1));
        assertEquals(text + "PING\n", heard(expect("*"), ProxyProtocol.V1, text.length() + 5));
        HealthCheck bytes = new HealthCheck.BinarySendExpect(false, Optional.of("0102"), "03");
        assertEquals(binary + "\1\2", heard(bytes, ProxyProtocol.V2, binary.length() + 2));
        // The first octet of a TLS record with a handshake.
        assertEquals(text + "\26", heard(new HealthCheck.TlsHandshake(), ProxyProtocol.V1, text.length() + 1));
    }

    @Test
    void aTlsHandshakeNeedsNoValidCertificate() throws Exception {
        try (LoopbackServer server = new LoopbackServer(key.serverSocket(), CheckersTest::drain)) {
            assertEquals(CheckResult.TLS_CONNECT_OK, check(new HealthCheck.TlsHandshake(), server.port(), LONG));
        }
    }

    @Test
    void aHostWithoutTlsFailsTheHandshake() throws Exception {
        assertEquals(CheckResult.TLS_CONNECT_FAILED, against("220 plain\r\n", new HealthCheck.TlsHandshake()));
        assertEquals(CheckResult.TLS_CONNECT_FAILED, against("", new HealthCheck.TlsHandshake()));
        assertEquals(CheckResult.TLS_CONNECT_TIMEOUT, againstSilenceAfter("", new HealthCheck.TlsHandshake()));
    }

    @Test
    void conversationsGoOverTls() throws Exception {
        HealthCheck https = new HealthCheck.HttpCode(true, "/", Optional.of("www"), 200);
        try (LoopbackServer server = new LoopbackServer(key.serverSocket(),
                client -> answer(client, "HTTP/1.1 200 OK\r\n\r\n"))) {
            assertEquals(CheckResult.HTTP_CODE_OK, check(https, server.port(), LONG));
        }
        try (LoopbackServer server = new LoopbackServer(key.serverSocket(), CheckersTest::drain)) {
            assertEquals(CheckResult.TLS_READ_TIMEOUT, check(https, server.port(), Duration.ofSeconds(2)));
        }
    }

    /** Keeps the loop of checks from its work, as a busy machine does. */
    private static void block(EventLoopGroup group, Duration time) {
        group.next().execute(() -> pass(time));
    }

    private static void pass(Duration time) {
        long end = System.nanoTime() + time.toNanos();
        while (System.nanoTime() < end) {
            LockSupport.parkNanos(end - System.nanoTime());
        }
    }

    @Test
    void whatThisProgramTakesIsNotTheTimeOfTheHost() throws Exception {
        try (LoopbackServer server = LoopbackServer.start(client -> {
            client.getInputStream().read(new byte[1024]);
            pass(BUSY.dividedBy(12));
            client.getOutputStream().write("HTTP/1.1 200 OK\r\n\r\n".getBytes(ISO_8859_1));
        })) {
            for (EventLoopGroup group : List.of(epoll, nio)) {
                CompletableFuture<CheckOutcome> outcome = started(group, code(200), server.port(), BUSY);
                // After the connect: the request is sent when more time has passed than the host has.
                block(group, BUSY.multipliedBy(2));
                assertEquals(CheckResult.HTTP_CODE_OK, outcome.get(30, TimeUnit.SECONDS).result());
                assertTrue(outcome.join().took().orElseThrow().compareTo(BUSY) <= 0, outcome::toString);
            }
        }
    }

    @Test
    void anAnswerThatTheKernelHadTooLateIsATimeoutThoughTheLoopSawItAtOnce() throws Exception {
        Assumptions.assumeTrue(SocketKind.ofThisMachine() == SocketKind.NATIVE);
        CompletableFuture<CheckOutcome> outcome;
        try (LoopbackServer server = LoopbackServer.start(client -> {
            client.getInputStream().read(new byte[1024]);
            block(epoll, SHORT.multipliedBy(6));
            pass(SHORT.multipliedBy(3));
            client.getOutputStream().write("HTTP/1.1 200 OK\r\n\r\n".getBytes(ISO_8859_1));
            drain(client);
        })) {
            outcome = started(epoll, code(200), server.port(), SHORT);
            assertEquals(CheckResult.TCP_READ_TIMEOUT, outcome.get(30, TimeUnit.SECONDS).result());
        }
        assertTrue(outcome.join().took().orElseThrow().compareTo(SHORT) > 0, outcome::toString);
    }

    private CompletableFuture<CheckOutcome> started(EventLoopGroup group, HealthCheck check, int port,
            Duration timeout) {
        CheckSockets sockets = new CheckSockets(group.next(),
                group.equals(nio) ? SocketKind.PORTABLE : SocketKind.NATIVE);
        Host host = new Host(new HostId(1), "localhost", IpAddress.parse("127.0.0.1").orElseThrow(), Optional.empty(),
                0, OptionalInt.empty(), OptionalInt.empty());
        CompletableFuture<CheckOutcome> outcome = new CompletableFuture<>();
        Checker checker = new Checkers(sockets, new NoRights(), AnswerReader::new, 1, log).apply(check);
        sockets.loop().submit(() -> checker.start(new CheckTarget(host, new Port(port), timeout, Optional.empty()),
                outcome::complete)).awaitUninterruptibly();
        return outcome;
    }
}
