package org.relayd.runtime.parent.codec;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.util.Arrays;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.relayd.runtime.parent.message.Frame;
import org.relayd.runtime.parent.message.Frame.FromParent;
import org.relayd.runtime.parent.message.Frame.FromWorker;

class FrameCodecPropertyTest {
    private final FromWorkerCodec worker = new FromWorkerCodec();
    private final FromParentCodec parent = new FromParentCodec();

    @Provide
    Arbitrary<FromWorker> fromWorker() {
        return ArbitraryFrames.of(FromWorker.class);
    }

    @Provide
    Arbitrary<FromParent> fromParent() {
        return ArbitraryFrames.of(FromParent.class);
    }

    @Property(seed = "2026", tries = 3000, edgeCases = EdgeCasesMode.NONE)
    void whatTheWorkerSaysIsRead(@ForAll("fromWorker") FromWorker frame) throws IOException {
        readAndCut(worker, frame);
    }

    @Property(seed = "2026", tries = 3000, edgeCases = EdgeCasesMode.NONE)
    void whatTheParentSaysIsRead(@ForAll("fromParent") FromParent frame) throws IOException {
        readAndCut(parent, frame);
    }

    private static <F extends Frame> void readAndCut(FrameCodec<F> codec, F frame) throws IOException {
        byte[] octets = codec.write(frame);
        assertEquals(frame, codec.read(octets));
        for (int length = 0; length < octets.length; length++) {
            byte[] beginning = Arrays.copyOf(octets, length);
            IOException refused = assertThrows(IOException.class, () -> codec.read(beginning));
            assertNotNull(refused.getMessage());
        }
        byte[] longer = Arrays.copyOf(octets, octets.length + 1);
        assertEquals("1 octets follow the frame",
                assertThrows(IOException.class, () -> codec.read(longer)).getMessage());
    }

    @Property(seed = "2026", tries = 5000, edgeCases = EdgeCasesMode.NONE)
    void aChangedFrameOfTheWorkerIsAFrameOrRefused(@ForAll("fromWorker") FromWorker frame, @ForAll int at,
            @ForAll byte value) {
        changed(worker, frame, at, value);
    }

    @Property(seed = "2026", tries = 5000, edgeCases = EdgeCasesMode.NONE)
    void aChangedFrameOfTheParentIsAFrameOrRefused(@ForAll("fromParent") FromParent frame, @ForAll int at,
            @ForAll byte value) {
        changed(parent, frame, at, value);
    }

    private static <F extends Frame> void changed(FrameCodec<F> codec, F frame, int at, byte value) {
        byte[] octets = codec.write(frame);
        octets[Math.floorMod(at, octets.length)] = value;
        hostile(codec, octets);
    }

    @Property(seed = "2026", tries = 5000, edgeCases = EdgeCasesMode.NONE)
    void anyOctetsAreAFrameOrRefused(@ForAll @IntRange(min = 1, max = 2) byte kind,
            @ForAll @Size(max = 60) byte[] octets) {
        byte[] all = new byte[octets.length + 1];
        all[0] = kind;
        System.arraycopy(octets, 0, all, 1, octets.length);
        hostile(worker, all);
        hostile(parent, all);
    }

    /** Nothing but an IOException, and if it is a frame then the one that is written again. */
    private static <F extends Frame> void hostile(FrameCodec<F> codec, byte[] octets) {
        F frame;
        try {
            frame = codec.read(octets);
        } catch (IOException refused) {
            assertNotNull(refused.getMessage());
            return;
        }
        byte[] again = codec.write(frame);
        assertEquals(octets.length, again.length);
        try {
            assertEquals(frame, codec.read(again));
            assertArrayEquals(codec.write(frame), again);
        } catch (IOException fault) {
            throw new AssertionError(fault);
        }
    }
}
