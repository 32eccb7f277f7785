package org.relayd.runtime.hce.check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.relayd.runtime.LoopbackNameServer.answer;

import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.nio.NioIoHandler;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.relayd.ir.config.HealthCheck;
import org.relayd.ir.config.Host;
import org.relayd.ir.config.HostId;
import org.relayd.ir.net.DnsName;
import org.relayd.ir.net.IpAddress;
import org.relayd.ir.net.Port;
import org.relayd.ir.term.CheckResult;
import org.relayd.runtime.LoopbackNameServer;
import org.relayd.runtime.RecordedLog;
import org.relayd.runtime.SocketKind;
import org.relayd.runtime.relay.http.AnswerReader;
import org.relayd.runtime.tls.jdk.JdkTls;

/** Checks of name servers over real sockets on loopback, against servers that behave well and badly. */
class DnsCheckTest {
    private static final Duration LONG = Duration.ofSeconds(20);
    private static final Duration SHORT = Duration.ofMillis(150);
    private static final String A = "c00c" + "0001" + "0001" + "0000003c" + "0004";
    private static final String WANTED = A + "c0000207";
    private static final String OTHER = A + "c0000208";
    private static final String ALIAS = "c00c" + "0005" + "0001" + "0000003c" + "0002" + "c010";
    private static EventLoopGroup epoll;
    private static EventLoopGroup nio;

    @BeforeAll
    static void open() {
        nio = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
        epoll = SocketKind.ofThisMachine() == SocketKind.NATIVE
                ? new MultiThreadIoEventLoopGroup(1, EpollIoHandler.newFactory()) : nio;
    }

    @AfterAll
    static void close() {
        nio.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
        epoll.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
    }

    private static CheckResult check(EventLoopGroup group, String server, int port, String wanted, Duration timeout)
            throws Exception {
        CheckSockets sockets = new CheckSockets(group.next(),
                group.equals(nio) ? SocketKind.PORTABLE : SocketKind.NATIVE);
        Host host = new Host(new HostId(1), "ns", IpAddress.parse(server).orElseThrow(), Optional.empty(), 0,
                OptionalInt.empty(), OptionalInt.empty());
        HealthCheck check = new HealthCheck.Dns(new DnsName("www.Example.com"), IpAddress.parse(wanted).orElseThrow());
        CompletableFuture<CheckOutcome> outcome = new CompletableFuture<>();
        try (Checkers checkers = new Checkers(sockets, new NoRights(), AnswerReader::new, 1, new RecordedLog(true),
                JdkTls::new)) {
            sockets.loop()
                    .execute(() -> checkers.apply(check).start(
                            new CheckTarget(host, new Port(port), timeout, Optional.empty()),
                            outcome::complete));
            return outcome.get(30, TimeUnit.SECONDS).result();
        }
    }

    private static CheckResult against(Function<byte[], List<byte[]>> answers, Duration timeout) throws Exception {
        try (LoopbackNameServer server = LoopbackNameServer.start(InetAddress.ofLiteral("127.0.0.1"), answers)) {
            return check(epoll, "127.0.0.1", server.port(), "192.0.2.7", timeout);
        }
    }

    private static CheckResult against(String flags, int records, String rest) throws Exception {
        return against(query -> List.of(answer(query, flags, records, rest)), LONG);
    }

    @Test
    void theWantedAddressMeansUp() throws Exception {
        assertEquals(CheckResult.DNS_OK, against("8180", 1, WANTED));
        assertEquals(CheckResult.DNS_OK, against("8180", 3, ALIAS + OTHER + WANTED));
    }

    @Test
    void portableSocketsWillDo() throws Exception {
        try (LoopbackNameServer server = LoopbackNameServer.start(InetAddress.ofLiteral("127.0.0.1"),
                query -> List.of(answer(query, "8180", 1, WANTED)))) {
            assertEquals(CheckResult.DNS_OK, check(nio, "127.0.0.1", server.port(), "192.0.2.7", LONG));
        }
    }

    @Test
    void serversAndAddressesMayBeOfTheOtherFamily() throws Exception {
        try (LoopbackNameServer server = LoopbackNameServer.start(InetAddress.ofLiteral("::1"),
                query -> List.of(answer(query, "8180", 1,
                        "c00c" + "001c" + "0001" + "0000003c" + "0010" + "20010db8000000000000000000000007")))) {
            assertEquals(CheckResult.DNS_OK, check(epoll, "::1", server.port(), "2001:db8::7", LONG));
        }
    }

    @Test
    void otherAnswersMeanDownAndSayWhy() throws Exception {
        assertEquals(CheckResult.DNS_MISMATCH, against("8180", 2, ALIAS + OTHER));
        assertEquals(CheckResult.DNS_MISMATCH, against("8180", 0, ""));
        assertEquals(CheckResult.DNS_ERROR, against("8183", 0, ""));
        assertEquals(CheckResult.DNS_ERROR, against("8182", 1, WANTED));
        assertEquals(CheckResult.DNS_MALFORMED, against("8180", 2, OTHER));
    }

    @Test
    void aTruncatedAnswerCountsIfItHasTheAddress() throws Exception {
        assertEquals(CheckResult.DNS_OK, against("8380", 9, WANTED));
        assertEquals(CheckResult.DNS_TRUNCATED, against("8380", 1, OTHER));
        assertEquals(CheckResult.DNS_TRUNCATED, against("8380", 9, OTHER));
    }

    @Test
    void whatDoesNotAnswerTheQueryIsDropped() throws Exception {
        assertEquals(CheckResult.DNS_OK, against(query -> {
            byte[] otherId = answer(query, "8180", 1, OTHER);
            otherId[0] ^= 1;
            byte[] otherQuestion = answer(query, "8180", 1, OTHER);
            otherQuestion[13] = 'x';
            byte[] noResponse = answer(query, "0100", 1, OTHER);
            byte[] noQuestion = {query[0], query[1], (byte) 0x81, (byte) 0x83, 0, 0, 0, 0, 0, 0, 0, 0};
            return List.of(new byte[]{1}, otherId, otherQuestion, noResponse, noQuestion,
                    answer(query, "8180", 1, WANTED));
        }, LONG));
    }

    @Test
    void noAnswerIsATimeout() throws Exception {
        assertEquals(CheckResult.DNS_READ_TIMEOUT, against(_ -> List.of(), SHORT));
    }

    @Test
    void aPortWithoutServerIsAFailureAtOnce() throws Exception {
        assertEquals(CheckResult.DNS_READ_FAILED, check(epoll, "127.0.0.1", freePort(), "192.0.2.7", LONG));
        assertEquals(CheckResult.DNS_READ_FAILED, check(nio, "127.0.0.1", freePort(), "192.0.2.7", LONG));
    }

    private static int freePort() throws IOException {
        try (DatagramSocket free = new DatagramSocket(0, InetAddress.ofLiteral("127.0.0.1"))) {
            return free.getLocalPort();
        }
    }

    @Test
    void oneQueryIsSentInEachCheckWithAnIdOfItsOwn() throws Exception {
        BlockingQueue<byte[]> queries = new LinkedBlockingQueue<>();
        Function<byte[], List<byte[]>> silence = query -> {
            queries.add(query);
            return List.of();
        };
        for (int i = 0; i < 3; i++) {
            against(silence, SHORT);
        }
        assertEquals(3, queries.size());
        Set<String> ids = queries.stream().map(query -> HexFormat.of().formatHex(query, 0, 2))
                .collect(Collectors.toSet());
        assertNotEquals(1, ids.size());
    }
}
