package org.relayd.fuzz;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.relayd.runtime.parent.ScriptEnd;
import org.relayd.runtime.parent.codec.FromParentCodec;
import org.relayd.runtime.parent.message.Frame;
import org.relayd.runtime.parent.message.Notice;
import org.relayd.runtime.parent.message.Reply;
import org.relayd.runtime.parent.remote.FuzzedParent;
import org.relayd.runtime.parent.remote.FuzzedParent.Said;

/** The worker reads what a parent says: octets of its line, and descriptors that come where they like. */
class LineParentFuzzTest {
    private static final FromParentCodec CODEC = new FromParentCodec();

    /** One conversation in which all is answered, and one for each of its frames. */
    static Stream<Arguments> conversations() {
        List<byte[]> frames = Stream.of(new Frame.Answer(0, new Reply.Socket()),
                new Frame.Answer(1, new Reply.Address(new InetSocketAddress("192.0.2.1", 80))),
                new Frame.Answer(2, new Reply.Ended(new ScriptEnd.Exited(1))),
                new Frame.Answer(3, new Reply.Done()), new Frame.Answer(4, new Reply.Missing(1)),
                new Frame.Answer(5, new Reply.Refused(Optional.of(1), "Operation not permitted", true)),
                new Frame.Want(new Notice.Stop(Duration.ofSeconds(1)))).map(LineParentFuzzTest::octets).toList();
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        frames.forEach(all::writeBytes);
        return Stream.concat(Stream.of(all.toByteArray()), frames.stream()).map(Arguments::of);
    }

    private static byte[] octets(Frame.FromParent frame) {
        byte[] content = CODEC.write(frame);
        return ByteBuffer.allocate(1 + Short.BYTES + content.length).put((byte) (CODEC.hasDescriptor(frame) ? 1 : 0))
                .putShort((short) content.length).put(content).array();
    }

    /** Returns the frames up to the first that is none, where the line would end. */
    private static List<Said> frames(byte[] octets) {
        List<Said> frames = new ArrayList<>();
        ByteBuffer rest = ByteBuffer.wrap(octets);
        try {
            while (rest.hasRemaining()) {
                boolean carries = (rest.get() & 1) == 1;
                byte[] content = new byte[rest.getShort() & 0xffff];
                rest.get(content);
                frames.add(new Said(CODEC.read(content), carries));
            }
        } catch (IOException | BufferUnderflowException end) {
            // What came before was heard.
        }
        return frames;
    }

    @MethodSource("conversations")
    @FuzzTest(maxDuration = "5m")
    void parent(byte[] octets) throws IOException {
        assertEquals(List.of(), FuzzedParent.say(frames(octets)));
    }
}
