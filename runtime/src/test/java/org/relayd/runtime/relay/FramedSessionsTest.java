package org.relayd.runtime.relay;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.nio.NioIoHandler;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.relayd.ir.config.Filter;
import org.relayd.ir.config.Protocol;
import org.relayd.ir.term.EntityOption;
import org.relayd.ir.term.EntityType;
import org.relayd.runtime.SocketKind;
import org.relayd.runtime.parent.local.LocalSockets;
import org.relayd.runtime.platform.NatLookup;
import org.relayd.runtime.relay.frame.FrameEnd;
import org.relayd.runtime.relay.frame.Frames;
import org.relayd.runtime.relay.frame.OtherWires;
import org.relayd.runtime.relay.http.RuleSource;
import org.relayd.runtime.relay.wire.ChannelTransport;
import org.relayd.runtime.relay.wire.HeapLimit;
import org.relayd.runtime.relay.wire.linux.DescriptorLimit;
import org.relayd.runtime.relay.wire.linux.FramedLayer;
import org.relayd.runtime.relay.wire.linux.LinuxTransport;
import org.relayd.runtime.relay.wire.KeptLimit;

/**
 * Sessions whose wires carry other bytes than the sessions see, as those of TLS will, both to the client and to the
 * target. The relay is allowed to splice, which cannot be done here.
 */
class FramedSessionsTest {
    private static final int LENGTH = 2 << 20;
    /** As many pieces of that length as neither the kernel nor the relay may keep. */
    private static final int PIECES = 32;
    private static final long PATIENCE = 20;
    private static final Executor THREADS = Thread::startVirtualThread;

    /** Where the frames are made. */
    enum Place {
        /** In the wire. */
        LAYER,
        /** In a wire over the wire. */
        LINUX,
        /** The same on the transport of other systems. */
        PORTABLE;

        RunningEngine start(Paths path) throws RelayStartException {
            if (this == PORTABLE) {
                return RunningEngine.on(EngineLoops.with(1, NioIoHandler.newFactory(),
                        loop -> OtherWires.framed(new ChannelTransport(loop)), KeptLimit.none()),
                        new LocalSockets(SocketKind.PORTABLE, NatLookup.none()), path);
            }
            assumeTrue(SocketKind.ofThisMachine() == SocketKind.NATIVE, "needs epoll");
            return RunningEngine.on(EngineLoops.with(1, EpollIoHandler.newFactory(), loop -> {
                LinuxTransport plain = new LinuxTransport(loop, DescriptorLimit.none(), HeapLimit.ofProcess(),
                        KeptLimit.none());
                return this == LAYER ? FramedLayer.of(plain) : OtherWires.framed(plain);
            }, KeptLimit.none()), new LocalSockets(SocketKind.NATIVE, NatLookup.none()), path);
        }
    }

    /** What a client may do to its stream. */
    enum Damage {
        NO_FRAME(Frames.NO_FRAME), CUT(Frames.CUT), RESET("Connection reset by peer");

        private final String reason;

        Damage(String reason) {
            this.reason = reason;
        }

        void to(Socket socket) throws IOException {
            switch (this) {
                case NO_FRAME -> Peers.send(socket, "GET / HTTP/1.1\r\n\r\n");
                case CUT -> socket.shutdownOutput();
                case RESET -> {
                    socket.setSoLinger(true, 0);
                    socket.close();
                }
            }
        }
    }

    private static byte[] octets(int seed) {
        byte[] octets = new byte[LENGTH];
        for (int i = 0; i < LENGTH; i++) {
            octets[i] = (byte) (i * 31 + (i >> 12) + seed);
        }
        return octets;
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    private static String text(byte[] octets) {
        return new String(octets, StandardCharsets.ISO_8859_1);
    }

    /** Something that reads or writes. */
    private interface Act<T> {
        T run() throws IOException;
    }

    private static <T> CompletableFuture<T> aside(Act<T> act) {
        CompletableFuture<T> done = new CompletableFuture<>();
        THREADS.execute(() -> {
            try {
                done.complete(act.run());
            } catch (IOException failure) {
                done.completeExceptionally(failure);
            }
        });
        return done;
    }

    private static <T> T get(CompletableFuture<T> future) throws Exception {
        return future.get(PATIENCE, TimeUnit.SECONDS);
    }

    private static FrameEnd client(Paths path) throws IOException {
        return new FrameEnd(Peers.connect(path.port()));
    }

    private static FrameEnd target(ServerSocket server) throws IOException {
        return new FrameEnd(Peers.accept(server));
    }

    private static CompletableFuture<Void> writer(FrameEnd end, byte[] octets) {
        return aside(() -> {
            end.send(octets);
            end.end();
            return null;
        });
    }

    @ParameterizedTest
    @EnumSource
    void muchPassesBothWaysAtOnce(Place place) throws Exception {
        try (ServerSocket server = Peers.listen()) {
            Paths path = new Paths().to(server.getLocalPort());
            try (RunningEngine engine = place.start(path); FrameEnd client = client(path);
                    FrameEnd target = target(server)) {
                CompletableFuture<Void> up = writer(client, octets(1));
                CompletableFuture<Void> down = writer(target, octets(2));
                CompletableFuture<byte[]> atTarget = aside(target::readAll);
                assertArrayEquals(octets(2), client.readAll());
                assertArrayEquals(octets(1), get(atTarget));
                get(up);
                get(down);
                assertTrue(engine.log().await("session 1").endsWith(", done"));
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void eachDirectionEndsOnItsOwn(Place place) throws Exception {
        try (ServerSocket server = Peers.listen()) {
            Paths path = new Paths().to(server.getLocalPort());
            try (RunningEngine engine = place.start(path); FrameEnd client = client(path);
                    FrameEnd target = target(server)) {
                client.send(ascii("ask"));
                client.end();
                assertEquals("ask", text(target.readAll()));
                target.send(ascii("answer"));
                target.end();
                assertEquals("answer", text(client.readAll()));
                assertTrue(engine.log().await("session 1").endsWith(", done"));
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void aSenderWaitsForASlowReaderAndNothingIsLost(Place place) throws Exception {
        try (ServerSocket server = Peers.listen()) {
            Paths path = new Paths().to(server.getLocalPort());
            try (RunningEngine _ = place.start(path); FrameEnd client = client(path);
                    FrameEnd target = target(server)) {
                AtomicInteger taken = new AtomicInteger();
                CompletableFuture<Void> sent = aside(() -> {
                    for (int i = 0; i < PIECES; i++) {
                        target.send(octets(i));
                        taken.set(i + 1);
                    }
                    target.end();
                    return null;
                });
                int before = -1;
                while (before < taken.get()) {
                    before = taken.get();
                    assertThrows(TimeoutException.class, () -> sent.get(500, TimeUnit.MILLISECONDS));
                }
                assertTrue(before < PIECES * 3 / 4, before + " of " + PIECES + " pieces");
                for (int i = 0; i < PIECES; i++) {
                    assertArrayEquals(octets(i), client.read(LENGTH), "piece " + i);
                }
                assertEquals(0, client.readAll().length);
                get(sent);
            }
        }
    }

    private static Paths http(ServerSocket server) {
        return http(server, Protocol.HttpSettings.defaults());
    }

    private static Paths http(ServerSocket server, Protocol.HttpSettings settings) {
        return new Paths().to(server.getLocalPort()).http(settings,
                Optional.of(new Protocol.ErrorPages(Optional.empty())),
                new Filter.Rules(RuleSource.rules(
                        RuleSource.match().on(EntityType.HEADER, EntityOption.SET, "X-Relay", "r"),
                        RuleSource.block().on(EntityType.PATH, "/no"))));
    }

    @ParameterizedTest
    @EnumSource
    void messagesAreFilteredAndLargeBodiesArriveWhole(Place place) throws Exception {
        try (ServerSocket server = Peers.listen()) {
            Paths path = http(server);
            try (RunningEngine _ = place.start(path); FrameEnd client = client(path)) {
                Optional<FrameEnd> kept = Optional.empty();
                for (String name : new String[]{"/1", "/2"}) {
                    String request = "POST " + name + " HTTP/1.1\r\nContent-Length: " + LENGTH + "\r\nHost: x\r\n";
                    CompletableFuture<Void> asked = aside(() -> {
                        client.send(ascii(request + "\r\n"));
                        client.send(octets(3));
                        return null;
                    });
                    FrameEnd target = kept.isPresent() ? kept.get() : target(server);
                    kept = Optional.of(target);
                    String head = request + "X-Relay: r\r\n\r\n";
                    assertEquals(head, text(target.read(head.length())));
                    assertArrayEquals(octets(3), target.read(LENGTH));
                    get(asked);
                    String answer = "HTTP/1.1 200 OK\r\nContent-Length: " + LENGTH + "\r\n\r\n";
                    CompletableFuture<Void> answered = aside(() -> {
                        target.send(ascii(answer));
                        target.send(octets(4));
                        return null;
                    });
                    assertEquals(answer, text(client.read(answer.length())));
                    assertArrayEquals(octets(4), client.read(LENGTH));
                    get(answered);
                }
                kept.get().close();
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void headsOfMoreThanOneGatheringArriveWhole(Place place) throws Exception {
        Protocol.HttpSettings settings = new Protocol.HttpSettings(131_072, false, Optional.empty());
        try (ServerSocket server = Peers.listen()) {
            Paths path = http(server, settings);
            try (RunningEngine _ = place.start(path); FrameEnd client = client(path)) {
                String field = "X: " + "x".repeat(100_000) + "\r\n";
                client.send(ascii("GET /1 HTTP/1.1\r\nHost: x\r\n" + field + "\r\n"));
                try (FrameEnd target = target(server)) {
                    for (String name : new String[]{"/1", "/2"}) {
                        String head = "GET " + name + " HTTP/1.1\r\nHost: x\r\n" + field + "X-Relay: r\r\n\r\n";
                        assertEquals(head, text(target.read(head.length())));
                        String answer = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n" + field + "\r\nok";
                        target.send(ascii(answer));
                        assertEquals(answer, text(client.read(answer.length())));
                        client.send(ascii("GET /2 HTTP/1.1\r\nHost: x\r\n" + field + "\r\n"));
                    }
                }
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void aRefusalReachesAClientThatStillSends(Place place) throws Exception {
        try (ServerSocket server = Peers.listen()) {
            Paths path = http(server);
            try (RunningEngine engine = place.start(path); FrameEnd client = client(path)) {
                client.send(ascii("POST /no HTTP/1.1\r\nHost: x\r\nContent-Length: 1000000\r\n\r\nsome"));
                String page = text(client.readAll());
                assertTrue(page.startsWith("HTTP/1.0 403 Forbidden\r\n") && page.endsWith("</html>\n"), page);
                assertTrue(engine.log().await("session 1").contains("403"));
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void whatIsWrongWithAWireIsInTheLog(Place place) throws Exception {
        try (ServerSocket server = Peers.listen()) {
            Paths path = new Paths().to(server.getLocalPort());
            try (RunningEngine engine = place.start(path)) {
                for (Damage damage : Damage.values()) {
                    try (FrameEnd client = client(path); Socket target = Peers.accept(server)) {
                        client.send(ascii("some"));
                        assertTrue(target.getInputStream().read() >= 0);
                        damage.to(client.socket());
                        engine.log().await(", " + damage.reason);
                    }
                }
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void silenceAfterAStreamIsNoTimeoutOfSplicing(Place place) throws Exception {
        try (ServerSocket server = Peers.listen()) {
            Paths path = new Paths().to(server.getLocalPort()).timeout(Duration.ofSeconds(1));
            try (RunningEngine engine = place.start(path); FrameEnd client = client(path);
                    FrameEnd target = target(server)) {
                CompletableFuture<Void> sent = aside(() -> {
                    client.send(octets(5));
                    return null;
                });
                assertArrayEquals(octets(5), target.read(LENGTH));
                get(sent);
                assertTrue(engine.log().await("timeout").contains("buffer event timeout"));
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void aFrameMayComeOctetByOctet(Place place) throws Exception {
        try (ServerSocket server = Peers.listen()) {
            Paths path = new Paths().to(server.getLocalPort());
            try (RunningEngine _ = place.start(path); FrameEnd client = client(path);
                    FrameEnd target = target(server)) {
                ByteBuf frame = Unpooled.buffer();
                byte[] plain = ascii("octet by octet");
                Frames.seal(Unpooled.wrappedBuffer(plain), plain.length, frame);
                while (frame.isReadable()) {
                    frame.readBytes(client.socket().getOutputStream(), 1);
                }
                assertEquals("octet by octet", text(target.read(plain.length)));
            }
        }
    }
}
