package org.relayd.ir.control;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.relayd.ir.control.ControlReply.Checks;
import org.relayd.ir.control.ControlReply.Rates;
import org.relayd.ir.control.ControlReply.SessionTag;
import org.relayd.ir.control.ControlReply.Statistics;
import org.relayd.ir.control.ControlRequest.SwitchTarget;
import org.relayd.ir.term.HostState;

class ControlCodecTest {

    private static byte[] body(byte[] frame) {
        int length = ByteBuffer.wrap(frame).getInt();
        assertEquals(frame.length - ControlCodec.LENGTH_BYTES, length);
        return Arrays.copyOfRange(frame, ControlCodec.LENGTH_BYTES, frame.length);
    }

    @Property(seed = "2026")
    void requestsComeBackAsTheyWere(@ForAll("requests") ControlRequest request) throws ControlFormatException {
        assertEquals(request, ControlCodec.request(body(ControlCodec.frame(request))));
    }

    @Property(seed = "2026")
    void repliesComeBackAsTheyWere(@ForAll("replies") ControlReply reply) throws ControlFormatException {
        assertEquals(reply, ControlCodec.reply(body(ControlCodec.frame(reply))));
    }

    @Property(seed = "2026")
    void anyBytesAreReadOrRefused(@ForAll @Size(max = 200) byte[] noise) {
        if (noise.length > 0) {
            noise[0] = ControlCodec.VERSION;
        }
        try {
            byte[] frame = ControlCodec.frame(ControlCodec.reply(noise));
            assertArrayEquals(noise, body(frame), "what is read has one form only");
        } catch (ControlFormatException refused) {
            assertTrue(!refused.getMessage().isEmpty());
        }
    }

    @Property(seed = "2026")
    void aCutMessageIsRefused(@ForAll("replies") ControlReply reply, @ForAll int cut) {
        byte[] body = body(ControlCodec.frame(reply));
        byte[] part = Arrays.copyOf(body, Math.floorMod(cut, body.length));
        assertThrows(ControlFormatException.class, () -> ControlCodec.reply(part));
    }

    @Test
    void anotherVersionIsNamed() {
        byte[] body = body(ControlCodec.frame(new ControlRequest.Poll()));
        body[0] = 9;
        ControlFormatException refused = assertThrows(ControlFormatException.class, () -> ControlCodec.request(body));
        assertEquals("relayctl and relayd are of different versions (protocol 9, not 2)", refused.getMessage());
    }

    @Test
    void aHugeTextLengthReservesNoMemory() {
        byte[] body = {ControlCodec.VERSION, 5, 0x7f, (byte) 0xff, (byte) 0xff, (byte) 0xff};
        assertThrows(ControlFormatException.class, () -> ControlCodec.request(body));
    }

    @Test
    void theLongestPathFitsIntoARequest() {
        assertTrue(ControlCodec.frame(new ControlRequest.Load("x".repeat(4096))).length < ControlCodec.LONGEST_REQUEST);
    }

    private static Arbitrary<String> texts() {
        return Arbitraries.strings().ofMaxLength(40)
                .filter(text -> StandardCharsets.UTF_8.newEncoder().canEncode(text));
    }

    @Provide
    Arbitrary<ControlRequest> requests() {
        Arbitrary<SwitchTarget> targets = Arbitraries.oneOf(Arbitraries.integers().map(SwitchTarget.ById::new),
                texts().map(SwitchTarget.ByName::new));
        return Arbitraries.oneOf(
                Arbitraries.of(ControlRequest.Subject.class).map(ControlRequest.Show::new),
                Combinators.combine(Arbitraries.of(ControlRequest.Kind.class), targets, Arbitraries.of(true, false))
                        .as(ControlRequest.Switch::new),
                texts().map(ControlRequest.Load::new),
                Arbitraries.of(true, false).map(ControlRequest.SetVerbose::new),
                Arbitraries.of(new ControlRequest.Poll(), new ControlRequest.Reload(), new ControlRequest.Stop(),
                        new ControlRequest.Monitor()));
    }

    @Provide
    Arbitrary<ControlReply> replies() {
        Arbitrary<Integer> numbers = Arbitraries.integers();
        Arbitrary<Long> larges = Arbitraries.longs();
        Arbitrary<Boolean> flags = Arbitraries.of(true, false);
        Arbitrary<Rates> rates = Combinators.combine(larges, larges, larges).as(Rates::new);
        Arbitrary<Statistics> statistics = Combinators.combine(larges, numbers, rates, rates).as(Statistics::new);
        Arbitrary<Checks> checks = Combinators.combine(larges, larges, numbers, texts()).as(Checks::new);
        Arbitrary<SessionTag> tags = Arbitraries.oneOf(Combinators.combine(numbers, texts()).as(SessionTag.Tag::new),
                numbers.map(SessionTag.Mark::new));
        Arbitrary<HostState> states = Arbitraries.of(HostState.class);
        Arbitrary<Instant> times = Arbitraries.longs().between(0, 1L << 40).map(Instant::ofEpochSecond);
        return Arbitraries.oneOf(List.of(
                Arbitraries.of(new ControlReply.Done(), new ControlReply.Failed()),
                texts().map(ControlReply.Refused::new), texts().map(ControlReply.Line::new),
                Combinators.combine(numbers, texts(), Arbitraries.of(ControlReply.RedirectStatus.class),
                        statistics.optional()).as(ControlReply.RedirectRow::new),
                Combinators.combine(numbers, texts(), flags, numbers).as(ControlReply.TableRow::new),
                Combinators.combine(numbers, texts(), numbers.optional(), flags, states, checks)
                        .as(ControlReply.HostRow::new),
                Combinators.combine(numbers, texts(), flags, statistics).as(ControlReply.RelayRow::new),
                Combinators.combine(numbers, texts(), flags, numbers, texts().optional(), texts().list().ofMaxSize(5))
                        .as(ControlReply.RouterRow::new),
                Combinators.combine(numbers, texts(), texts(), flags, larges, larges, numbers, tags.optional())
                        .as((number, client, target, done, age, idle, relay, tag) -> new ControlReply.SessionRow(number,
                                age, client, target, done, age, idle, relay, target, idle, tag)),
                Combinators.combine(Arbitraries.of(ControlReply.NeedKind.class), texts(), texts(), larges)
                        .as(ControlReply.Need::new),
                Combinators.combine(Arbitraries.of(ControlReply.EventKind.class), times, larges, numbers,
                        texts().optional(), flags, states.optional()).as(ControlReply.Event::new)));
    }
}
