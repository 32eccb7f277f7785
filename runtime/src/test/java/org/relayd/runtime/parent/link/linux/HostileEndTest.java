package org.relayd.runtime.parent.link.linux;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.relayd.runtime.parent.codec.FromParentCodec;
import org.relayd.runtime.parent.codec.FromWorkerCodec;
import org.relayd.runtime.parent.link.Line;
import org.relayd.runtime.parent.link.Line.Arrived;
import org.relayd.runtime.parent.message.Frame;
import org.relayd.runtime.parent.message.Frame.Answer;
import org.relayd.runtime.parent.message.Frame.Ask;
import org.relayd.runtime.parent.message.Frame.FromParent;
import org.relayd.runtime.parent.message.Frame.FromWorker;
import org.relayd.runtime.parent.message.Frame.Say;
import org.relayd.runtime.parent.message.Reply;
import org.relayd.runtime.parent.message.Report;
import org.relayd.runtime.parent.message.Request;
import org.relayd.runtime.system.ErrorName;

/** The other end says what it likes. */
@EnabledOnOs(OS.LINUX)
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class HostileEndTest {
    private static final int EPERM = -1;
    private static final OptionalInt NONE = OptionalInt.empty();
    private static final FromWorker ASK = new Ask(1, new Request.Reload(Optional.of("/etc/relayd.conf")));
    private static final byte[] ASKED = new FromWorkerCodec().write(ASK);
    private static final byte[] SOCKET = new FromParentCodec().write(new Answer(9, new Reply.Socket()));
    private static final byte[] DONE = new FromParentCodec().write(new Answer(9, new Reply.Done()));

    private final SocketPair upper = LinuxLineTest.open();
    private final Line<FromParent, FromWorker> parent = LinuxLine.parent(upper.parent());
    private final RawEnd worker = new RawEnd(upper.worker());

    private final SocketPair lower = LinuxLineTest.open();
    private final Line<FromWorker, FromParent> ours = LinuxLine.worker(lower.worker());
    private final RawEnd theirs = new RawEnd(lower.parent());

    @AfterEach
    void close() {
        parent.close();
        worker.close();
        ours.close();
        theirs.close();
    }

    private static String reason(Line<?, ?> line) {
        return assertThrows(IOException.class, line::receive).getMessage();
    }

    /** After a fault the line is of no use in either direction, and whoever made it sees the end. */
    private static void assertOver(Line<FromParent, FromWorker> line, RawEnd other) {
        assertArrayEquals(new byte[0], other.receive());
        assertFalse(line.offer(new Answer(1, new Reply.Done()), NONE));
    }

    @Test
    void garbageEndsTheLine() {
        worker.frame(new byte[]{9});
        assertEquals("frame 9 is unknown", reason(parent));
        assertOver(parent, worker);
    }

    @Test
    void lengthsBeyondTheLimitEndTheLineBeforeMemoryIsTaken() {
        com.sun.management.ThreadMXBean threads = (com.sun.management.ThreadMXBean) ManagementFactory
                .getThreadMXBean();
        worker.send(new byte[]{0x7f, -1, -1, -1});
        long before = threads.getCurrentThreadAllocatedBytes();
        assertEquals("a frame of 2147483647 octets is longer than 1048576", reason(parent));
        assertTrue(threads.getCurrentThreadAllocatedBytes() - before < 1024 * 1024);
        assertOver(parent, worker);
        theirs.send(new byte[]{-1, -1, -1, -1});
        assertEquals("a frame of 4294967295 octets is longer than 67108864", reason(ours));
    }

    @Test
    void anEmptyFrameEndsTheLine() {
        worker.send(new byte[4]);
        assertEquals("the frame ends where an octet should be", reason(parent));
    }

    @Test
    void framesMayComeInAnyPieces() throws IOException {
        ByteArrayOutputStream stream = new ByteArrayOutputStream();
        List<byte[]> frames = Stream.of(ASK, new Say(new Report.Alive()), new Ask(2, new Request.First()))
                .map(new FromWorkerCodec()::write).toList();
        frames.forEach(frame -> {
            stream.writeBytes(new byte[]{0, 0, 0, (byte) frame.length});
            stream.writeBytes(frame);
        });
        byte[] all = stream.toByteArray();
        for (int first = 1; first < all.length; first++) {
            for (int second = first + 1; second < all.length; second += 7) {
                worker.send(Arrays.copyOf(all, first));
                worker.send(Arrays.copyOfRange(all, first, second));
                worker.send(Arrays.copyOfRange(all, second, all.length));
                for (byte[] frame : frames) {
                    assertEquals(new FromWorkerCodec().read(frame), parent.receive().orElseThrow().frame());
                }
            }
        }
    }

    @Test
    void theEndInTheMiddleOfAFrameIsAFaultWhereverItIs() throws IOException {
        byte[] all = new byte[4 + ASKED.length];
        all[3] = (byte) ASKED.length;
        System.arraycopy(ASKED, 0, all, 4, ASKED.length);
        for (int length = 1; length < all.length; length++) {
            SocketPair pair = SocketPair.open();
            try (Line<FromParent, FromWorker> line = LinuxLine.parent(pair.parent())) {
                try (RawEnd dying = new RawEnd(pair.worker())) {
                    dying.send(Arrays.copyOf(all, length));
                }
                assertEquals("the line ends in the middle of a frame", reason(line));
            }
        }
    }

    @Test
    void halfAFrameIsWaitedForUntilTheLineIsClosed() throws Exception {
        worker.send(new byte[]{0, 16, 0, 0, 1});
        CompletableFuture<
                Optional<? extends Arrived<? extends Frame>>> receiving = CompletableFuture.supplyAsync(() -> {
                    try {
                        return parent.receive();
                    } catch (IOException fault) {
                        throw new AssertionError(fault);
                    }
                }, Thread.ofPlatform().daemon()::start);
        assertThrows(TimeoutException.class, () -> receiving.get(100, TimeUnit.MILLISECONDS));
        parent.close();
        assertEquals(Optional.empty(), receiving.get());
    }

    /** From Linux 6.16 on the worker may not even send one. */
    @Test
    void theParentLetsNoDescriptorIn() throws IOException {
        SocketPair passed = SocketPair.open();
        int sent = worker.attempt(RawEnd.framed(ASKED), passed.parent());
        LineEnds.close(passed.parent());
        if (sent == EPERM) {
            worker.frame(ASKED);
            assertEquals(ASK, parent.receive().orElseThrow().frame());
        } else {
            assertEquals("descriptors come that no frame has", reason(parent));
            assertOver(parent, worker);
        }
        LinuxLineTest.assertClosed(passed.worker());
    }

    @Test
    void aFloodOfDescriptorsDoesNotComeInWhereTheKernelDoesNotRefuseIt() throws IOException {
        SocketPair passed = SocketPair.open();
        int[] many = IntStream.range(0, 253).map(_ -> passed.parent()).toArray();
        theirs.frame(ASKED);
        theirs.frame(ASKED, many);
        theirs.frame(ASKED, many);
        int before = descriptors();
        FrameReader<FromWorker> reader = new FrameReader<>(new FromWorkerCodec(), lower.worker());
        assertEquals(ASK, reader.read().orElseThrow().frame());
        assertEquals("descriptors come that no frame has",
                assertThrows(IOException.class, reader::read).getMessage());
        assertEquals(before, descriptors());
        LineEnds.close(passed.parent());
        ours.close();
        LinuxLineTest.assertClosed(passed.worker());
    }

    private static int descriptors() throws IOException {
        try (Stream<Path> open = Files.list(Path.of("/proc/self/fd"))) {
            return (int) open.count();
        }
    }

    @Test
    void aDescriptorInTheMiddleOfAFrameEndsTheLine() throws IOException {
        SocketPair passed = SocketPair.open();
        theirs.send(new byte[]{0, 0, 0, (byte) SOCKET.length});
        theirs.send(SOCKET, passed.parent());
        LineEnds.close(passed.parent());
        assertEquals("descriptors come that no frame has", reason(ours));
        LinuxLineTest.assertClosed(passed.worker());
    }

    @Test
    void aDescriptorThatItsFrameDoesNotWantIsClosed() throws IOException {
        SocketPair passed = SocketPair.open();
        theirs.frame(DONE, passed.parent());
        LineEnds.close(passed.parent());
        assertEquals("descriptors come that no frame has", reason(ours));
        LinuxLineTest.assertClosed(passed.worker());
    }

    @Test
    void twoDescriptorsAreBothClosed() throws IOException {
        SocketPair passed = SocketPair.open();
        theirs.frame(SOCKET, passed.parent(), passed.parent());
        LineEnds.close(passed.parent());
        assertEquals("descriptors come that no frame has", reason(ours));
        LinuxLineTest.assertClosed(passed.worker());
    }

    @Test
    void aDescriptorBesideGarbageIsClosed() throws IOException {
        SocketPair passed = SocketPair.open();
        theirs.frame(new byte[]{7}, passed.parent());
        LineEnds.close(passed.parent());
        assertEquals("frame 7 is unknown", reason(ours));
        LinuxLineTest.assertClosed(passed.worker());
    }

    @Test
    void aFrameWithoutItsDescriptorEndsTheLine() {
        theirs.frame(SOCKET);
        assertEquals("a frame comes without its descriptor", reason(ours));
    }

    @Test
    void aProcessWithoutRoomForADescriptorGetsARefusalAndTheLineGoesOn() throws IOException {
        SocketPair passed = SocketPair.open();
        FromParent refusal = new FromParentCodec().withoutRoom(new Answer(9, new Reply.Socket()));
        assertEquals(new Answer(9, new Reply.Refused(Optional.of(ErrorName.EMFILE.linux()), "Too many open files",
                false)), refusal, "and its classes are loaded, which takes descriptors here");
        theirs.frame(DONE);
        assertEquals(new Answer(9, new Reply.Done()), ours.receive().orElseThrow().frame());
        theirs.frame(SOCKET, passed.parent());
        theirs.frame(SOCKET, passed.parent());
        LineEnds.close(passed.parent());
        Arrived<FromParent> first;
        try (DescriptorShortage _ = DescriptorShortage.begun()) {
            first = ours.receive().orElseThrow();
        }
        assertEquals(new Arrived<>(refusal, NONE), first);
        Arrived<FromParent> second = ours.receive().orElseThrow();
        assertEquals(new Answer(9, new Reply.Socket()), second.frame());
        LineEnds.close(second.descriptor().orElseThrow());
        LinuxLineTest.assertClosed(passed.worker());
    }

    @Test
    void descriptorsOfFramesThatNobodyReceivesAreClosedWithTheLine() throws IOException {
        SocketPair passed = SocketPair.open();
        for (int i = 0; i < 20; i++) {
            theirs.frame(SOCKET, passed.parent());
        }
        LineEnds.close(passed.parent());
        ours.close();
        LinuxLineTest.assertClosed(passed.worker());
    }
}
