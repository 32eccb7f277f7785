package org.relayd.runtime.hce.check;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.nio.NioIoHandler;
import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.relayd.ir.config.HealthCheck;
import org.relayd.ir.config.Host;
import org.relayd.ir.config.HostId;
import org.relayd.ir.net.IpAddress;
import org.relayd.ir.net.Port;
import org.relayd.ir.term.CheckResult;
import org.relayd.ir.term.ProxyProtocol;
import org.relayd.runtime.LoopbackServer;
import org.relayd.runtime.RecordedLog;
import org.relayd.runtime.SocketKind;
import org.relayd.runtime.relay.http.AnswerReader;
import org.relayd.runtime.tls.TlsEngine;
import org.relayd.runtime.tls.library.TlsLibrary;

/** Checks over a connection, against servers on loopback. */
abstract class CheckTrial {
    static final Duration LONG = Duration.ofSeconds(20);
    static final Duration SHORT = Duration.ofMillis(150);
    static EventLoopGroup epoll;
    static EventLoopGroup nio;

    final RecordedLog log = new RecordedLog(true);
    Supplier<TlsEngine> library = new TlsLibrary(log);
    String hostName = "localhost";

    @BeforeAll
    static void open() throws Exception {
        nio = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
        epoll = SocketKind.ofThisMachine() == SocketKind.NATIVE
                ? new MultiThreadIoEventLoopGroup(1, EpollIoHandler.newFactory()) : nio;
    }

    @AfterAll
    static void close() {
        nio.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
        epoll.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
    }

    CheckOutcome check(EventLoopGroup group, HealthCheck check, int port, Duration timeout, OptionalInt ttl)
            throws Exception {
        return check(group, check, port, timeout, ttl, Optional.empty());
    }

    CheckOutcome check(EventLoopGroup group, HealthCheck check, int port, Duration timeout, OptionalInt ttl,
            Optional<ProxyProtocol> proxy) throws Exception {
        CheckSockets sockets = new CheckSockets(group.next(),
                group.equals(nio) ? SocketKind.PORTABLE : SocketKind.NATIVE);
        Host host = new Host(new HostId(1), hostName, IpAddress.parse("127.0.0.1").orElseThrow(), Optional.empty(),
                0, ttl, OptionalInt.empty());
        CompletableFuture<CheckOutcome> outcome = new CompletableFuture<>();
        try (Checkers checkers = new Checkers(sockets, new NoRights(), AnswerReader::new, 1, log, library)) {
            sockets.loop()
                    .execute(() -> checkers.apply(check).start(new CheckTarget(host, new Port(port), timeout, proxy),
                            outcome::complete));
            return outcome.get(30, TimeUnit.SECONDS);
        }
    }

    CheckResult check(HealthCheck check, int port, Duration timeout) throws Exception {
        return check(epoll, check, port, timeout, OptionalInt.empty()).result();
    }

    CheckResult against(String answer, HealthCheck check) throws Exception {
        try (LoopbackServer server = LoopbackServer.start(client -> answer(client, answer))) {
            return check(check, server.port(), LONG);
        }
    }

    CheckResult againstSilenceAfter(String answer, HealthCheck check) throws Exception {
        try (LoopbackServer server = LoopbackServer.start(client -> {
            client.getOutputStream().write(answer.getBytes(ISO_8859_1));
            client.getOutputStream().flush();
            drain(client);
        })) {
            return check(check, server.port(), SHORT);
        }
    }

    static void answer(Socket client, String answer) throws IOException {
        client.getInputStream().read(new byte[1024]);
        client.getOutputStream().write(answer.getBytes(ISO_8859_1));
        client.getOutputStream().flush();
    }

    /** Reads until the other side closes. */
    static void drain(Socket client) throws IOException {
        client.getInputStream().readAllBytes();
    }

    static HealthCheck.HttpCode code(int code) {
        return new HealthCheck.HttpCode(false, "/health", Optional.empty(), code);
    }
}
