package org.relayd.runtime.tls.library;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import org.relayd.ir.term.TlsVersion;
import org.relayd.runtime.RecordedLog;
import org.relayd.runtime.tls.ClientPolicy;
import org.relayd.runtime.tls.JoinedEnds;
import org.relayd.runtime.tls.OctetString;
import org.relayd.runtime.tls.ServerPolicy;
import org.relayd.runtime.tls.ServerPolicy.CommonPolicy;
import org.relayd.runtime.tls.StreamEnd;
import org.relayd.runtime.tls.TestCertificates;
import org.relayd.runtime.tls.TlsEngine;
import org.relayd.runtime.tls.TlsException;
import org.relayd.runtime.tls.TlsStream.State;
import org.relayd.runtime.tls.jdk.JdkTls;

/** Streams of two libraries understand each other, however what they say is cut on its way. */
class TwoLibrariesPropertyTest {
    private static final TestCertificates LEAF = TestCertificates.root("Two").leaf("www.example.com");
    private static final TlsEngine NATIVE = new TlsLibrary(new RecordedLog(true)).get();

    private final JoinedEnds.Elsewhere elsewhere = new JoinedEnds.Elsewhere();
    private final TlsEngine jdk = new JdkTls(elsewhere);

    /**
     * One conversation.
     *
     * @param up
     *            octets of each piece that the client sends
     * @param down
     *            octets of each piece that the server sends
     * @param seed
     *            of the cuts
     * @param most
     *            octets that are carried at once at most
     * @param clientEnds
     *            whether the client is the first one to end
     */
    record Talk(boolean nativeServer, TlsVersion version, List<Integer> up, List<Integer> down, long seed, int most,
            boolean clientEnds) {}

    @Provide
    Arbitrary<Talk> talks() {
        Arbitrary<List<Integer>> sizes = Arbitraries.frequencyOf(
                Tuple.of(5, Arbitraries.integers().between(1, 2000)),
                Tuple.of(2, Arbitraries.of(16_383, 16_384, 16_385, 131_072, 131_073)),
                Tuple.of(1, Arbitraries.integers().between(1, 200_000))).list().ofMaxSize(5);
        return Combinators.combine(Arbitraries.of(true, false), Arbitraries.of(TlsVersion.TLSV1_2, TlsVersion.TLSV1_3),
                sizes, sizes, Arbitraries.longs(), Arbitraries.of(1, 7, 100, 5000, 40_000, 300_000),
                Arbitraries.of(true, false)).as(Talk::new);
    }

    private static byte[] octets(Random random, int count) {
        byte[] octets = new byte[count];
        random.nextBytes(octets);
        return octets;
    }

    @Property(tries = 60, seed = "13")
    void whatIsSentArrivesAndThenTheEnd(@ForAll("talks") Talk talk) throws TlsException {
        TlsEngine.Context context = (talk.nativeServer ? NATIVE : jdk).server(new ServerPolicy(
                List.of(LEAF.identity()), common(talk.version), true, Optional.empty(), false, Optional.empty(),
                List.of(), new OctetString(new byte[]{1})));
        TlsEngine.ClientContext clients = (talk.nativeServer ? jdk : NATIVE)
                .client(new ClientPolicy(common(TlsVersion.TLSV1_2, TlsVersion.TLSV1_3), Optional.empty()));
        StreamEnd client = new StreamEnd(clients.towards("www.example.com"));
        StreamEnd server = new StreamEnd(context);
        Random random = new Random(talk.seed);
        try (JoinedEnds ends = new JoinedEnds(client, server, elsewhere, () -> 1 + random.nextInt(talk.most))) {
            ends.shake();
            assertEquals(State.OPEN, server.stream().state(), () -> server.stream().failure().toString());
            speak(talk, client, server, ends);
        } finally {
            context.close();
            clients.close();
        }
    }

    private static CommonPolicy common(TlsVersion... versions) {
        return new CommonPolicy(Set.of(versions), "HIGH:!aNULL", List.of());
    }

    private static void speak(Talk talk, StreamEnd client, StreamEnd server, JoinedEnds ends) {
        Random random = new Random(talk.seed + 1);
        ByteArrayOutputStream up = new ByteArrayOutputStream();
        ByteArrayOutputStream down = new ByteArrayOutputStream();
        for (int turn = 0; turn < Math.max(talk.up.size(), talk.down.size()); turn++) {
            say(client, up, talk.up, turn, random);
            say(server, down, talk.down, turn, random);
            if (random.nextBoolean()) {
                ends.settle();
            }
        }
        ends.settle();
        StreamEnd first = talk.clientEnds ? client : server;
        StreamEnd last = talk.clientEnds ? server : client;
        first.finish();
        ends.settle();
        last.finish();
        ends.settle();
        assertArrayEquals(up.toByteArray(), server.received());
        assertArrayEquals(down.toByteArray(), client.received());
        for (StreamEnd end : List.of(client, server)) {
            assertEquals(State.ENDED, end.stream().state(), () -> end.stream().failure().toString());
            assertTrue(end.stream().failure().isEmpty());
        }
    }

    private static void say(StreamEnd end, ByteArrayOutputStream all, List<Integer> sizes, int turn,
            Random random) {
        if (turn < sizes.size()) {
            byte[] piece = octets(random, sizes.get(turn));
            end.send(piece);
            all.writeBytes(piece);
        }
    }
}
