package org.relayd.fuzz;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.relayd.runtime.parent.codec.ArbitraryFrames;
import org.relayd.runtime.parent.codec.FrameCodec;
import org.relayd.runtime.parent.codec.FromParentCodec;
import org.relayd.runtime.parent.codec.FromWorkerCodec;
import org.relayd.runtime.parent.message.Frame;
import org.relayd.runtime.parent.message.Notice;
import org.relayd.runtime.parent.message.Reply;
import org.relayd.runtime.parent.message.Report;
import org.relayd.runtime.parent.message.Request;

/**
 * Whatever one process says to the other, it is a frame, which is written in as many octets again, or refused with a
 * reason that fits into a line of the log. The fuzzer begins with a frame of each kind.
 */
class FrameFuzzTest {
    private static final int REASON = 200;

    private final FromWorkerCodec worker = new FromWorkerCodec();
    private final FromParentCodec parent = new FromParentCodec();

    private static Stream<Object> samples(Class<?>... kinds) {
        return Stream.of(kinds).flatMap(ArbitraryFrames::variants)
                .flatMap(variant -> ArbitraryFrames.of(variant).sampleStream().limit(3));
    }

    static Stream<Arguments> fromWorker() {
        FromWorkerCodec codec = new FromWorkerCodec();
        return samples(Request.class, Report.class).map(said -> switch (said) {
            case Request request -> new Frame.Ask(7, request);
            case Report report -> new Frame.Say(report);
            default -> throw new IllegalStateException(said.toString());
        }).map(frame -> Arguments.of((Object) codec.write(frame)));
    }

    static Stream<Arguments> fromParent() {
        FromParentCodec codec = new FromParentCodec();
        return samples(Reply.class, Notice.class).map(said -> switch (said) {
            case Reply reply -> new Frame.Answer(7, reply);
            case Notice notice -> new Frame.Want(notice);
            default -> throw new IllegalStateException(said.toString());
        }).map(frame -> Arguments.of((Object) codec.write(frame)));
    }

    private static <F extends Frame> void read(FrameCodec<F> codec, byte[] octets) throws IOException {
        F frame;
        try {
            frame = codec.read(octets);
        } catch (IOException refused) {
            assertTrue(refused.getMessage().matches("[^\\p{Cntrl}]{1," + REASON + "}"), refused::getMessage);
            return;
        }
        byte[] again = codec.write(frame);
        assertEquals(octets.length, again.length);
        assertEquals(frame, codec.read(again));
    }

    @MethodSource("fromWorker")
    @FuzzTest(maxDuration = "5m")
    void whatTheWorkerSays(byte[] octets) throws IOException {
        read(worker, octets);
    }

    @MethodSource("fromParent")
    @FuzzTest(maxDuration = "5m")
    void whatTheParentSays(byte[] octets) throws IOException {
        read(parent, octets);
    }
}
