package org.relayd.fuzz;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.relayd.ir.term.TlsVersion;
import org.relayd.runtime.tls.ClientPolicy;
import org.relayd.runtime.tls.OctetString;
import org.relayd.runtime.tls.ServerPolicy;
import org.relayd.runtime.tls.ServerPolicy.CommonPolicy;
import org.relayd.runtime.tls.TestCertificates;
import org.relayd.runtime.tls.TlsEngine;
import org.relayd.runtime.tls.TlsException;
import org.relayd.runtime.tls.TlsMemory;
import org.relayd.runtime.tls.TlsSide;
import org.relayd.runtime.tls.TlsStream;
import org.relayd.runtime.tls.TlsStream.State;
import org.relayd.runtime.tls.boringssl.BoringSsl;
import org.relayd.runtime.tls.boringssl.BoringSsl.Availability;
import org.relayd.runtime.tls.jdk.JdkTls;

/**
 * Whatever comes to a port where TLS is spoken, in whatever pieces, streams fail with an alert or go on asking: nobody
 * is let in, nothing is opened, little is answered. The first octet says how the others are cut.
 */
class TlsFuzzTest {
    /** Octets that a server says to a hello, and some more; its certificate is most of it. */
    private static final int ANSWER = 8 * 1024;
    private static final int ALERT = 64;
    private static final CommonPolicy COMMON = new CommonPolicy(Set.of(TlsVersion.TLSV1_2, TlsVersion.TLSV1_3),
            "HIGH:!aNULL", List.of());

    private final Ends boring = new Ends(nativeEngine());
    private final Ends jdk = new Ends(new JdkTls());

    private static TlsEngine nativeEngine() {
        return switch (BoringSsl.load()) {
            case Availability.Available(BoringSsl engine) -> engine;
            case Availability.Missing(String reason) -> throw new IllegalStateException(reason);
        };
    }

    /** Both sides of a library. */
    private static final class Ends {
        private final TlsSide server;
        private final TlsSide client;

        Ends(TlsEngine engine) {
            TestCertificates leaf = TestCertificates.root("Fuzz").leaf("www.example.com");
            try {
                server = engine.server(new ServerPolicy(List.of(leaf.identity()), COMMON, true, Optional.empty(), false,
                        Optional.empty(), List.of("http/1.1"), new OctetString(new byte[]{1})));
                client = engine.client(new ClientPolicy(COMMON, Optional.empty(), false)).towards("www.example.com");
            } catch (TlsException impossible) {
                throw new IllegalStateException(impossible);
            }
        }
    }

    /** A stream with a loop of its own. */
    private static final class End implements AutoCloseable {
        private final TlsMemory memory;
        private final BlockingQueue<Runnable> loop = new LinkedBlockingQueue<>();
        private final Arena arena = Arena.ofShared();
        private final MemorySegment plain = arena.allocate(TlsMemory.IN + 16 * 1024);
        private final TlsStream stream;
        private boolean resumed;
        private int opened;
        private byte[] said = {};

        End(TlsSide side, TlsMemory memory) {
            this.memory = memory;
            stream = side.stream(memory, new TlsSide.Turn(loop::add, () -> resumed = true));
            stream.begin();
            collect(0);
        }

        private void collect(int count) {
            opened += count;
            int produced = stream.produced();
            byte[] all = Arrays.copyOf(said, said.length + produced);
            MemorySegment.copy(memory.out, ValueLayout.JAVA_BYTE, 0, all, said.length, produced);
            said = all;
        }

        void take(byte[] octets, int from, int count) throws InterruptedException {
            MemorySegment.copy(octets, from, memory.in, ValueLayout.JAVA_BYTE, 0, count);
            collect(stream.open(count, plain));
            settle();
        }

        private void settle() throws InterruptedException {
            while (stream.state() == State.WAITING) {
                Runnable next = loop.poll(10, TimeUnit.SECONDS);
                assertTrue(next != null, "nobody resumes a stream that waits");
                next.run();
                if (resumed) {
                    resumed = false;
                    collect(stream.proceed(plain));
                }
            }
        }

        byte[] said() {
            byte[] all = said;
            said = new byte[0];
            return all;
        }

        @Override
        public void close() {
            stream.release();
            arena.close();
        }
    }

    private final TlsMemory memory = new TlsMemory();

    /** Feeds all but the first octet, which says how it is cut. */
    private static void feed(End end, byte[] octets) throws InterruptedException {
        int seed = octets.length == 0 ? 0 : Byte.toUnsignedInt(octets[0]);
        int at = 1;
        while (at < octets.length && (end.stream.state() == State.HANDSHAKE || end.stream.state() == State.OPEN)) {
            int count = Math.min(octets.length - at, seed < 128 ? octets.length : 1 + (seed * at) % 64);
            end.take(octets, at, count);
            at += count;
        }
    }

    private void hello(Ends ends, byte[] octets) throws InterruptedException {
        try (End server = new End(ends.server, memory)) {
            feed(server, octets);
            State state = server.stream.state();
            assertTrue(state == State.HANDSHAKE || state == State.FAILED, state::name);
            assertEquals(0, server.opened);
            assertTrue(server.said().length <= ANSWER);
            server.stream.failure()
                    .ifPresent(failure -> assertTrue(failure.text().matches("[ -~]{1,150}"), failure::toString));
        }
    }

    /** After a handshake nobody can say anything who has not its secrets. */
    private void records(Ends ends, byte[] octets) throws InterruptedException {
        try (End server = new End(ends.server, memory); End client = new End(ends.client, memory)) {
            for (byte[] flight = client.said(); flight.length > 0; flight = client.said()) {
                server.take(flight, 0, flight.length);
                byte[] answer = server.said();
                client.take(answer, 0, answer.length);
            }
            assertEquals(State.OPEN, server.stream.state());
            feed(server, octets);
            State state = server.stream.state();
            assertTrue(state == State.OPEN || state == State.FAILED, state::name);
            assertEquals(0, server.opened);
            assertTrue(server.said().length <= ALERT);
        }
    }

    @FuzzTest(maxDuration = "5m")
    void helloToBoringSsl(byte[] octets) throws InterruptedException {
        hello(boring, octets);
    }

    @FuzzTest(maxDuration = "5m")
    void helloToTheJdk(byte[] octets) throws InterruptedException {
        hello(jdk, octets);
    }

    @FuzzTest(maxDuration = "5m")
    void recordsToBoringSsl(byte[] octets) throws InterruptedException {
        records(boring, octets);
    }

    @FuzzTest(maxDuration = "5m")
    void recordsToTheJdk(byte[] octets) throws InterruptedException {
        records(jdk, octets);
    }
}
