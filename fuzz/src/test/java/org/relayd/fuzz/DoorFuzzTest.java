package org.relayd.fuzz;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.relayd.runtime.parent.codec.FromWorkerCodec;
import org.relayd.runtime.parent.door.DoorPropertyTest;
import org.relayd.runtime.parent.door.FuzzedDoor;
import org.relayd.runtime.parent.message.Frame.FromWorker;

/** The parent reads what a worker says that somebody has taken over: octets of its line. */
class DoorFuzzTest {
    private static final FuzzedDoor DOOR = new FuzzedDoor();
    private static final FromWorkerCodec CODEC = new FromWorkerCodec();

    /** One conversation of all that a plan asks for, and one for each of its frames. */
    static Stream<Arguments> conversations() {
        List<byte[]> frames = DoorPropertyTest.permittedFrames().map(DoorFuzzTest::octets).toList();
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        frames.forEach(all::writeBytes);
        return Stream.concat(Stream.of(all.toByteArray()), frames.stream()).map(Arguments::of);
    }

    private static byte[] octets(FromWorker frame) {
        byte[] content = CODEC.write(frame);
        return ByteBuffer.allocate(Short.BYTES + content.length).putShort((short) content.length).put(content).array();
    }

    /** Returns the frames up to the first that is none, where the line would end. */
    private static List<FromWorker> frames(byte[] octets) {
        List<FromWorker> frames = new ArrayList<>();
        ByteBuffer rest = ByteBuffer.wrap(octets);
        try {
            while (rest.hasRemaining()) {
                byte[] content = new byte[rest.getShort() & 0xffff];
                rest.get(content);
                frames.add(CODEC.read(content));
            }
        } catch (IOException | BufferUnderflowException end) {
            // What came before was heard.
        }
        return frames;
    }

    @MethodSource("conversations")
    @FuzzTest(maxDuration = "5m")
    void worker(byte[] octets) throws IOException {
        long before = DOOR.left();
        DOOR.serve(frames(octets));
        assertEquals(before, DOOR.left());
    }
}
