package org.relayd.runtime.hce.check;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.channel.EventLoopGroup;
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
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.relayd.ir.config.HealthCheck;
import org.relayd.ir.config.Host;
import org.relayd.ir.config.HostId;
import org.relayd.ir.net.IpAddress;
import org.relayd.ir.net.Port;
import org.relayd.ir.term.CheckResult;
import org.relayd.ir.term.ProxyProtocol;
import org.relayd.runtime.LoopbackServer;
import org.relayd.runtime.SocketKind;
import org.relayd.runtime.relay.http.AnswerReader;

/** Every other kind of check over a connection, against servers on loopback that behave well and badly. */
class CheckersTest extends CheckTrial {
    /** Long enough for servers on a machine that is busy itself. */
    private static final Duration BUSY = Duration.ofMillis(600);
    private static TestKey key;

    @BeforeAll
    static void makeKey() throws Exception {
        key = TestKey.make();
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
        Checker checker = new Checkers(sockets, new NoRights(), AnswerReader::new, 1, log, library).apply(check);
        sockets.loop().submit(() -> checker.start(new CheckTarget(host, new Port(port), timeout, Optional.empty()),
                outcome::complete)).awaitUninterruptibly();
        return outcome;
    }
}
