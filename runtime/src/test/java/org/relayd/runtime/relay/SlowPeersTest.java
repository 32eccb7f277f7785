package org.relayd.runtime.relay;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.relayd.ir.config.Filter;
import org.relayd.ir.config.Protocol;
import org.relayd.ir.config.Protocol.TcpSettings;

/**
 * Peers that read slowly, or not at all, all of them at once. What counts is how much is read in one session timeout:
 * here as much as with 40, 80 and 320 kbit/s in five seconds. With {@code -Drelayd.slow.timeout=5} those are the
 * speeds, and with {@code -Drelayd.slow.timeouts=60} reading takes 60 timeouts in place of 4.
 */
class SlowPeersTest {
    private static final Duration TIMEOUT = Duration.ofSeconds(Integer.getInteger("relayd.slow.timeout", 1));
    private static final int TIMEOUTS = Integer.getInteger("relayd.slow.timeouts", 4);
    /** Milliseconds for which a peer waits for more. */
    private static final int PATIENCE = (int) TIMEOUT.toMillis() * 5;
    /** Reads in one timeout. */
    private static final int READS = 20;
    /** Octets that are read in one timeout. */
    private static final List<Integer> AMOUNTS = List.of(25_000, 50_000, 200_000);

    /** What is spoken, and which way the octets go. */
    enum Talk {
        TCP_DOWN, TCP_UP, HTTP_DOWN, HTTP_UP
    }

    /** How octets move. */
    enum Way {
        SPLICED, COPIED, PORTABLE;

        /** The system tells of room for more less than once in a timeout; often where it tells nothing else. */
        int buffer(int amount) {
            return this == PORTABLE ? amount / 4 : amount * 5 / 2;
        }

        RunningEngine start(Paths... paths) throws RelayStartException {
            return this == PORTABLE ? RunningEngine.portable(paths) : RunningEngine.of(paths);
        }
    }

    /**
     * A session with a slow peer.
     *
     * @param amount
     *            octets that the peer reads in one timeout
     */
    private record Run(Way way, Talk talk, int amount) {

        static List<Run> all(Way way, List<Integer> amounts) {
            return Stream.of(Talk.values())
                    .flatMap(talk -> amounts.stream().map(amount -> new Run(way, talk, amount))).toList();
        }

        byte[] body() {
            byte[] octets = new byte[amount * TIMEOUTS];
            for (int i = 0; i < octets.length; i++) {
                octets[i] = (byte) (i * 31 + i / 251);
            }
            return octets;
        }

        byte[] head(String line, String fields) {
            return (line + "\r\n" + fields + "Content-Length: " + amount * TIMEOUTS + "\r\n\r\n")
                    .getBytes(StandardCharsets.US_ASCII);
        }

        Paths path(int port) {
            TcpSettings tcp = new TcpSettings(Optional.empty(), Optional.empty(), way == Way.SPLICED,
                    OptionalInt.of(way.buffer(amount)), OptionalInt.empty(), OptionalInt.empty(), OptionalInt.empty());
            Paths path = new Paths().to(port).timeout(TIMEOUT).tcp(tcp);
            return switch (talk) {
                case TCP_DOWN, TCP_UP -> path;
                case HTTP_DOWN, HTTP_UP -> path.http(Protocol.HttpSettings.defaults(), Optional.empty(),
                        new Filter.Rules(List.of()));
            };
        }

        /**
         * Octets at the end of a request of which a relay does not see that they are taken slowly, since the system has
         * taken all of them from it: an answer that came after a whole timeout of theirs would be late.
         */
        private int unseen() {
            return way == Way.PORTABLE && talk == Talk.HTTP_UP ? amount : 0;
        }

        /** Takes as much in each timeout as it should; the system has little room for what it does not take. */
        byte[] take(Socket slow) throws IOException {
            byte[] taken = new byte[amount * TIMEOUTS];
            int count = 0;
            long next = System.nanoTime();
            while (count < taken.length) {
                int more = slow.getInputStream().read(taken, count, Math.min(amount / READS, taken.length - count));
                if (more < 0) {
                    return Arrays.copyOf(taken, count);
                }
                count += more;
                next += TIMEOUT.toNanos() * more * READS / amount / READS;
                if (taken.length - count > unseen()) {
                    LockSupport.parkNanos(next - System.nanoTime());
                }
            }
            return taken;
        }
    }

    /** One run on its relay. */
    private static final class Scene implements AutoCloseable {
        private final Run run;
        private final Paths path;
        private final ServerSocket server = new ServerSocket();
        private final Socket client = new Socket();
        private Optional<Socket> target = Optional.empty();

        Scene(Run run) throws IOException {
            this.run = run;
            server.setReceiveBufferSize(run.amount / 8);
            server.setSoTimeout(PATIENCE);
            server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            path = run.path(server.getLocalPort());
        }

        /** Connects both ends, and begins what needs no pace. */
        void connect() throws IOException {
            client.setReceiveBufferSize(run.amount / 8);
            client.setSoTimeout(PATIENCE);
            client.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), path.port()));
            switch (run.talk) {
                case TCP_DOWN, TCP_UP -> {}
                case HTTP_DOWN -> Peers.send(client, "GET / HTTP/1.1\r\nHost: x\r\n\r\n");
                case HTTP_UP -> write(client, run.head("PUT / HTTP/1.1", "Host: x\r\n"), run.body());
            }
            Socket origin = Peers.accept(server);
            target = Optional.of(origin);
            switch (run.talk) {
                case TCP_DOWN -> write(origin, run.body());
                case TCP_UP -> write(client, run.body());
                case HTTP_DOWN -> {
                    Peers.readUntil(origin, "\r\n\r\n");
                    write(origin, run.head("HTTP/1.1 200 OK", ""), run.body());
                }
                case HTTP_UP -> {}
            }
        }

        /** Returns what the slow peer gets. */
        byte[] take() throws IOException {
            Socket origin = target.orElseThrow();
            return switch (run.talk) {
                case TCP_DOWN -> run.take(client);
                case TCP_UP -> run.take(origin);
                case HTTP_DOWN -> {
                    Peers.readUntil(client, "\r\n\r\n");
                    yield run.take(client);
                }
                case HTTP_UP -> {
                    Peers.readUntil(origin, "\r\n\r\n");
                    byte[] taken = run.take(origin);
                    Peers.send(origin, "HTTP/1.1 204 No Content\r\n\r\n");
                    assertEquals("HTTP/1.1 204 No Content\r\n\r\n", Peers.readUntil(client, "\r\n\r\n"));
                    yield taken;
                }
            };
        }

        private static void write(Socket to, byte[]... parts) {
            Thread.startVirtualThread(() -> {
                try {
                    for (byte[] part : parts) {
                        to.getOutputStream().write(part);
                    }
                } catch (IOException failure) {
                    throw new UncheckedIOException(failure);
                }
            });
        }

        @Override
        public void close() throws IOException {
            client.close();
            if (target.isPresent()) {
                target.get().close();
            }
            server.close();
        }
    }

    /** All runs at once, on one engine for each way. */
    private static final class Theatre implements AutoCloseable {
        private final List<Scene> scenes = new ArrayList<>();
        private final List<RunningEngine> engines = new ArrayList<>();

        Theatre(List<Integer> amounts) throws IOException, RelayStartException {
            for (Way way : Way.values()) {
                List<Scene> added = new ArrayList<>();
                for (Run run : Run.all(way, amounts)) {
                    added.add(new Scene(run));
                }
                scenes.addAll(added);
                engines.add(way.start(added.stream().map(scene -> scene.path).toArray(Paths[]::new)));
            }
        }

        /** Returns the line of the session of a scene. */
        String line(int scene) {
            int each = scenes.size() / engines.size();
            return engines.get(scene / each).log().await("relay r" + (scene % each + 1) + ", ");
        }

        void leave() throws IOException {
            for (Scene scene : scenes) {
                scene.close();
            }
        }

        @Override
        public void close() throws IOException {
            leave();
            engines.forEach(RunningEngine::close);
        }
    }

    private static byte[] taken(CompletableFuture<byte[]> taken, Theatre theatre, int scene) throws Exception {
        try {
            return taken.get(TIMEOUT.toSeconds() * TIMEOUTS * 3, TimeUnit.SECONDS);
        } catch (ExecutionException failed) {
            throw new AssertionError(theatre.scenes.get(scene).run + ": " + theatre.line(scene), failed.getCause());
        }
    }

    private static CompletableFuture<byte[]> begin(Scene scene) {
        return CompletableFuture.supplyAsync(() -> {
            try {
                return scene.take();
            } catch (IOException failure) {
                throw new UncheckedIOException(scene.run.toString(), failure);
            }
        }, Thread::startVirtualThread);
    }

    @Test
    void whoReadsSlowlyGetsEverythingAndNoSessionIsIdle() throws Exception {
        try (Theatre theatre = new Theatre(AMOUNTS)) {
            List<CompletableFuture<byte[]>> taken = new ArrayList<>();
            for (Scene scene : theatre.scenes) {
                scene.connect();
                taken.add(begin(scene));
            }
            for (int i = 0; i < taken.size(); i++) {
                Run run = theatre.scenes.get(i).run;
                assertArrayEquals(run.body(), taken(taken.get(i), theatre, i), run.toString());
            }
            theatre.leave();
            for (int i = 0; i < taken.size(); i++) {
                String line = theatre.line(i);
                assertTrue(line.contains(", done"), theatre.scenes.get(i).run + ": " + line);
            }
        }
    }

    @Test
    void whoReadsNothingIsIdleAfterOneTimeout() throws Exception {
        try (Theatre theatre = new Theatre(AMOUNTS.subList(0, 1))) {
            long start = System.nanoTime();
            for (Scene scene : theatre.scenes) {
                scene.connect();
            }
            long connected = System.nanoTime();
            for (int i = 0; i < theatre.scenes.size(); i++) {
                Run run = theatre.scenes.get(i).run;
                String line = theatre.line(i);
                Duration after = Duration.ofNanos(System.nanoTime() - connected);
                assertTrue(line.contains(" timeout"), run + ": " + line);
                assertTrue(after.compareTo(TIMEOUT.multipliedBy(2)) < 0, run + ": after " + after);
            }
            assertTrue(System.nanoTime() - start >= TIMEOUT.toNanos());
        }
    }
}
