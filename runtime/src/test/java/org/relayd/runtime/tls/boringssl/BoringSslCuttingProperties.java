package org.relayd.runtime.tls.boringssl;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterTry;
import org.relayd.ir.term.TlsVersion;
import org.relayd.runtime.tls.ClientPolicy;
import org.relayd.runtime.tls.JoinedEnds;
import org.relayd.runtime.tls.OctetString;
import org.relayd.runtime.tls.ServerPolicy;
import org.relayd.runtime.tls.ServerPolicy.CommonPolicy;
import org.relayd.runtime.tls.StreamEnd;
import org.relayd.runtime.tls.TestCertificates;
import org.relayd.runtime.tls.TlsEngine.ClientContext;
import org.relayd.runtime.tls.TlsEngine.Context;
import org.relayd.runtime.tls.TlsException;
import org.relayd.runtime.tls.TlsStream.State;

/** However a network cuts ciphertext, the same plaintext comes out of it. */
class BoringSslCuttingProperties {
    private static final TestCertificates LEAF = TestCertificates.root("Cut Root").leaf("www.example.com");

    private final BoringSsl engine = Engines.make();

    @Provide
    Arbitrary<List<Integer>> cuts() {
        return Arbitraries.oneOf(Arbitraries.integers().between(1, 40), Arbitraries.integers().between(1, 2000),
                Arbitraries.integers().between(1, 140_000)).list().ofMinSize(1).ofMaxSize(30);
    }

    @Provide
    Arbitrary<List<Integer>> lengths() {
        return Arbitraries.oneOf(Arbitraries.integers().between(0, 20), Arbitraries.integers().between(16_380, 16_390),
                Arbitraries.integers().between(0, 140_000)).list().ofMaxSize(5);
    }

    @AfterTry
    void nothingIsLeft() {
        Engines.assertNothingIsLeft(engine);
    }

    @Property(tries = 150, seed = "42")
    void sameBytesComeOut(@ForAll("cuts") List<Integer> cuts, @ForAll("lengths") List<Integer> up,
            @ForAll("lengths") List<Integer> down, @ForAll boolean old) throws TlsException {
        CommonPolicy common = new CommonPolicy(Set.of(old ? TlsVersion.TLSV1_2 : TlsVersion.TLSV1_3), "HIGH",
                List.of());
        Context server = engine.server(new ServerPolicy(List.of(LEAF.identity()), common, true, Optional.empty(),
                false, Optional.empty(), List.of(), new OctetString(new byte[]{1})));
        ClientContext client = engine.client(new ClientPolicy(common, Optional.empty()));
        StreamEnd one = new StreamEnd(client.towardsAny());
        StreamEnd other = new StreamEnd(server);
        Cuts sizes = new Cuts(cuts);
        try (JoinedEnds ends = new JoinedEnds(one, other, new JoinedEnds.Elsewhere(), sizes::next)) {
            ends.shake();
            byte[] sentUp = send(one, up);
            byte[] sentDown = send(other, down);
            ends.settle();
            assertArrayEquals(sentUp, other.received());
            assertArrayEquals(sentDown, one.received());
            one.finish();
            ends.settle();
            assertEquals(State.ENDED, other.stream().state());
        }
        server.close();
        client.close();
    }

    private static byte[] send(StreamEnd end, List<Integer> lengths) {
        byte[] all = new byte[lengths.stream().mapToInt(Integer::intValue).sum()];
        int at = 0;
        for (int length : lengths) {
            byte[] some = new byte[length];
            for (int i = 0; i < length; i++) {
                some[i] = (byte) (((at + i) * 31) >> 3);
            }
            System.arraycopy(some, 0, all, at, length);
            at += length;
            end.send(some);
        }
        return all;
    }

    /** Sizes of pieces, again and again. */
    private static final class Cuts {
        private final List<Integer> cuts;
        private Iterator<Integer> left;

        Cuts(List<Integer> cuts) {
            this.cuts = cuts;
            left = cuts.iterator();
        }

        int next() {
            if (!left.hasNext()) {
                left = cuts.iterator();
            }
            return left.next();
        }
    }
}
