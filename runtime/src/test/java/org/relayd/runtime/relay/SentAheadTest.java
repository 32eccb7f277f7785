package org.relayd.runtime.relay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.relayd.ir.config.Filter;
import org.relayd.ir.config.Protocol;
import org.relayd.runtime.SocketKind;
import org.relayd.runtime.parent.local.LocalSockets;
import org.relayd.runtime.platform.NatLookup;
import org.relayd.runtime.relay.wire.KeptLimit;

/** Many clients that send ahead of their answers, on a relay that has little memory for that. */
class SentAheadTest {
    private static final int AMPLE = 96 * 1024;
    private static final String REQUEST = "GET /held HTTP/1.1\r\nHost: www.example.com\r\n\r\n";
    /** 60,000 octets. */
    private static final String AHEAD = REQUEST.repeat(60_000 / REQUEST.length());
    /** Octets that one client can add while memory is short, and the buffer that they are in. */
    private static final int ADDED = 2 * KeptLimit.LITTLE;

    private final List<String> told = new CopyOnWriteArrayList<>();
    private final KeptLimit limit = new KeptLimit(AMPLE, told::add);
    private final Paths path = new Paths();
    private final List<Socket> clients = new ArrayList<>();
    private final List<Socket> targets = new ArrayList<>();
    private ServerSocket server;
    private RunningEngine engine;

    @BeforeEach
    void start() throws Exception {
        assumeTrue(SocketKind.ofThisMachine() == SocketKind.NATIVE, "needs epoll");
        server = Peers.listen();
        path.to(server.getLocalPort()).http(Protocol.HttpSettings.defaults(),
                Optional.of(new Protocol.ErrorPages(Optional.empty())), new Filter.Rules(List.of()));
        engine = RunningEngine.on(EngineLoops.start(SocketKind.NATIVE, 1, limit),
                new LocalSockets(SocketKind.NATIVE, NatLookup.none()), path);
    }

    @AfterEach
    void stop() throws IOException {
        leave();
        engine.close();
        server.close();
    }

    private void leave() throws IOException {
        for (Socket socket : clients) {
            Peers.reset(socket);
        }
        for (Socket socket : targets) {
            socket.close();
        }
        clients.clear();
        targets.clear();
    }

    /** Has clients ask, and when the target of each has its request send ahead. */
    private void sendAhead(int count) throws IOException {
        for (int i = 0; i < count; i++) {
            Socket client = Peers.connect(path.port());
            clients.add(client);
            Peers.send(client, REQUEST);
            targets.add(Peers.accept(server));
            Peers.readUntil(targets.getLast(), "\r\n\r\n");
        }
        for (Socket client : clients) {
            Peers.send(client, AHEAD);
        }
    }

    private static void await(BooleanSupplier fact, String what) {
        long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (!fact.getAsBoolean()) {
            assertTrue(System.nanoTime() - deadline < 0, what);
            LockSupport.parkNanos(1_000_000);
        }
    }

    /** A client that asks and waits for its answer, again and again. */
    private final class Steady implements AutoCloseable {
        private final Socket client = Peers.connect(path.port());
        private Optional<Socket> target = Optional.empty();

        Steady() throws IOException {}

        String ask() throws IOException {
            Peers.send(client, REQUEST);
            if (target.isEmpty()) {
                target = Optional.of(Peers.accept(server));
            }
            Peers.readUntil(target.get(), "\r\n\r\n");
            Peers.send(target.get(), "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
            return Peers.readUntil(client, "ok");
        }

        @Override
        public void close() throws IOException {
            client.close();
            if (target.isPresent()) {
                target.get().close();
            }
        }
    }

    private static void assertServed(Steady client) throws IOException {
        assertTrue(client.ask().startsWith("HTTP/1.1 200 OK\r\n"));
    }

    @Test
    void whatIsSentAheadStaysInTheKernelWhileMemoryIsShort() throws Exception {
        try (Steady before = new Steady()) {
            assertServed(before);
            sendAhead(20);
            await(limit::isShort, limit.kept() + " octets");
            assertFalse(limit.isFull(), limit.kept() + " octets");
            assertEquals(1, told.size(), told.toString());
            assertServed(before);
            try (Steady later = new Steady()) {
                assertServed(later);
            }
            leave();
            await(() -> limit.kept() == 0, limit.kept() + " octets are left");
            assertServed(before);
        }
    }

    @Test
    void clientsInAndNewOnesWaitWhileMemoryIsFull() throws Exception {
        try (Steady before = new Steady(); Socket longHead = Peers.connect(path.port())) {
            assertServed(before);
            Peers.send(longHead, "GET /");
            int count = 60;
            sendAhead(count);
            await(limit::isFull, limit.kept() + " octets");
            assertTrue(limit.kept() < AMPLE + AHEAD.length() + count * ADDED, limit.kept() + " octets");
            Peers.send(longHead, "x".repeat(2 * KeptLimit.LITTLE));
            String refusal = Peers.readAll(longHead);
            assertTrue(refusal.startsWith("HTTP/1.0 503 Service Unavailable\r\n"), refusal);
            try (Steady later = new Steady()) {
                engine.log().await("cannot accept connections: " + limit.text());
                assertServed(before);
                leave();
                await(() -> limit.kept() == 0, limit.kept() + " octets are left");
                assertServed(later);
            }
        }
    }
}
