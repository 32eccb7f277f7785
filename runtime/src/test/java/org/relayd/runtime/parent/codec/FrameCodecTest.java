package org.relayd.runtime.parent.codec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.relayd.runtime.parent.message.Frame.Answer;
import org.relayd.runtime.parent.message.Frame.Ask;
import org.relayd.runtime.parent.message.Frame.FromParent;
import org.relayd.runtime.parent.message.Frame.FromWorker;
import org.relayd.runtime.parent.message.Frame.Say;
import org.relayd.runtime.parent.message.Frame.Want;
import org.relayd.runtime.parent.message.Notice;
import org.relayd.runtime.parent.message.Reply;
import org.relayd.runtime.parent.message.Report;
import org.relayd.runtime.parent.message.Request;
import org.relayd.runtime.tls.OctetString;

class FrameCodecTest {
    private final FromWorkerCodec worker = new FromWorkerCodec();
    private final FromParentCodec parent = new FromParentCodec();

    private String refused(FrameCodec<?> codec, String octets) {
        byte[] said = HexFormat.ofDelimiter(" ").parseHex(octets);
        return assertThrows(IOException.class, () -> codec.read(said)).getMessage();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            03                                     | frame 3 is unknown
            01 00 00 00                            | the frame ends where a number should be
            01 00 00 00 07                         | the frame ends where an octet should be
            01 00 00 00 07 00                      | kind of request 0 is unknown
            01 00 00 00 07 01 06                   | request of relays 6 is unknown
            01 00 00 00 07 02 03                   | request of checks 3 is unknown
            01 00 00 00 07 03 06                   | request for files 6 is unknown
            01 00 00 00 07 04 07                   | request for keys 7 is unknown
            01 00 00 00 07 05 11                   | request for the kernel 17 is unknown
            01 00 00 00 07 06 03                   | request for plans 3 is unknown
            01 00 00 00 07 06 01 00                | 1 octets follow the frame
            01 00 00 00 07 06 02 02                | truth 2 is unknown
            01 00 00 00 07 06 02 01 ff ff ff ff    | 4294967295 octets of a text cannot be in 0 octets
            01 00 00 00 07 06 02 01 7f ff ff ff 00 | 2147483647 octets of a text cannot be in 1 octets
            01 00 00 00 07 06 02 01 00 00 00 01 c0 | a text is not UTF-8
            01 00 00 00 07 01 04 05                | address family 5 is unknown
            01 00 00 00 07 01 04 04 7f 00 00       | the frame ends where 4 octets should be
            01 00 00 00 07 01 03 04 7f 00 00 01 00 01 00 00 | port 65536 is not in the range of 0 to 65535
            01 00 00 00 07 05 02 40 00 00 00 04    | 1073741824 operations cannot be in 1 octets
            01 00 00 00 07 05 02 00 00 00 01 06 00 00 00 01 | operation on redirections 6 is unknown
            01 00 00 00 07 05 02 00 00 00 01 02 00 00 00 00 | redirect 0 is not in the range of 1 to 2147483647
            01 00 00 00 07 05 02 00 00 00 01 01 00 00 00 01 00 00 00 00 | no hosts are set
            01 00 00 00 07 05 0a 00 00 00 02 00 00 00 00 00 00 00 00 | one of the groups is there twice
            01 00 00 00 07 02 02 00 00 00 00 00 00 00 00 80 00 00 00 00 00 00 00 \
            | seconds -2147483648 is not in the range of 0 to 2147483647
            01 00 00 00 07 02 02 00 00 00 00 00 00 00 00 00 00 00 00 3b 9a ca 00 \
            | nanoseconds 1000000000 is not in the range of 0 to 999999999
            02 0c                                  | report 12 is unknown
            02 04 00 00 00 01 03                   | state of a host 3 is unknown
            """)
    void whatTheWorkerCannotHaveWrittenIsRefusedWithTheReason(String octets, String reason) {
        assertEquals(reason, refused(worker, octets));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            01 00 00 00 07 13                      | reply 19 is unknown
            01 00 00 00 07 03 01 00 00 00 00 00 00 00 00 00 | errno 0 is not in the range of 1 to 2147483647
            01 00 00 00 07 09 01 00 00 01 00       | exit status 256 is not in the range of 0 to 255
            01 00 00 00 07 09 05                   | end of a script 5 is unknown
            02 04                                  | notice 4 is unknown
            """)
    void whatTheParentCannotHaveWrittenIsRefusedWithTheReason(String octets, String reason) {
        assertEquals(reason, refused(parent, octets));
    }

    @Test
    void nothingIsRefused() {
        assertEquals("the frame ends where an octet should be", refused(worker, ""));
        assertEquals("the frame ends where an octet should be", refused(parent, ""));
    }

    static Stream<Class<?>> variants() {
        return Stream.of(Request.class, Report.class, Reply.class, Notice.class).flatMap(ArbitraryFrames::variants);
    }

    @ParameterizedTest
    @MethodSource("variants")
    void eachVariantIsRead(Class<?> variant) throws IOException {
        for (Object value : ArbitraryFrames.of(variant).sampleStream().limit(20).toList()) {
            switch (value) {
                case Request request
                        -> assertEquals(new Ask(-1, request), worker.read(worker.write(new Ask(-1, request))));
                case Report report -> assertEquals(new Say(report), worker.read(worker.write(new Say(report))));
                case Reply reply -> assertEquals(new Answer(1, reply), parent.read(parent.write(new Answer(1, reply))));
                case Notice notice -> assertEquals(new Want(notice), parent.read(parent.write(new Want(notice))));
                default -> throw new AssertionError(value);
            }
        }
    }

    @Test
    void eachVariantHasATagOfItsOwn() {
        Set<String> tags = variants().map(variant -> switch (ArbitraryFrames.of(variant).sample()) {
            case Request request -> "ask " + HexFormat.of().formatHex(worker.write(new Ask(1, request)), 5, 7);
            case Report report -> "say " + worker.write(new Say(report))[1];
            case Reply reply -> "answer " + parent.write(new Answer(1, reply))[5];
            case Notice notice -> "want " + parent.write(new Want(notice))[1];
            case Object other -> throw new AssertionError(other);
        }).collect(Collectors.toSet());
        assertEquals(variants().count(), tags.size());
    }

    @Test
    void aFrameOfTheWorkerMayHaveAMebibyte() throws IOException {
        int overhead = worker.write(new Ask(1, new Request.SignLeaf(1, new OctetString(new byte[0])))).length;
        byte[] longest = new byte[FromWorkerCodec.LIMIT - overhead];
        FromWorker frame = new Ask(1, new Request.SignLeaf(1, new OctetString(longest)));
        assertEquals(frame, worker.read(worker.write(frame)));
        FromWorker longer = new Ask(1, new Request.SignLeaf(1, new OctetString(new byte[longest.length + 1])));
        assertEquals("a frame of 1048577 octets is longer than 1048576",
                assertThrows(IllegalArgumentException.class, () -> worker.write(longer)).getMessage());
        assertEquals("a frame of 1048577 octets is longer than 1048576",
                assertThrows(IOException.class, () -> worker.read(new byte[FromWorkerCodec.LIMIT + 1])).getMessage());
    }

    @Test
    void howeverMuchKeepsAWorkerFromBeginningIsTold() throws IOException {
        String line = "\ud83d\ude00".repeat(3000);
        FromWorker frame = new Say(Report.CannotStart.of(Collections.nCopies(5000, line)));
        assertEquals(frame, worker.read(worker.write(frame)));
        Report.CannotStart told = Report.CannotStart.of(Collections.nCopies(101, "no"));
        assertEquals(List.of("no", "and 1 more"), told.lines().subList(99, 101));
    }

    @Test
    void theParentMaySendALargeConfiguration() throws IOException {
        FromParent frame = new Answer(1, new Reply.Bundle(3, new OctetString(new byte[60 * 1024 * 1024])));
        assertEquals(frame, parent.read(parent.write(frame)));
    }

    @Test
    void anAnswerThatIsTooLongBecomesARefusal() throws IOException {
        FromParent frame = new Answer(5, new Reply.Octets(new OctetString(new byte[FromParentCodec.LIMIT])));
        assertEquals(new Answer(5, new Reply.Refused(Optional.empty(),
                "an answer of 67108874 octets is longer than 67108864", false)), parent.read(parent.write(frame)));
    }

    @Test
    void whatHasNoFormInOctetsIsAFault() {
        assertThrows(IllegalArgumentException.class, () -> worker.write(new Ask(1,
                new Request.NatLookup(InetSocketAddress.createUnresolved("host", 1), new InetSocketAddress(1)))));
        assertThrows(IllegalArgumentException.class, () -> parent.write(
                new Want(new Notice.Stop(Duration.ofSeconds(-1)))));
        assertThrows(IllegalArgumentException.class, () -> parent.write(
                new Want(new Notice.Stop(Duration.ofSeconds(1L << 31)))));
    }

    @Test
    void halfOfASurrogatePairBecomesAQuestionMark() throws IOException {
        assertEquals(new Ask(1, new Request.OpenLog("/a?b")),
                worker.read(worker.write(new Ask(1, new Request.OpenLog("/a\ud800b")))));
    }

    @Test
    void exactlyFourRepliesHaveADescriptor() {
        assertEquals(Set.of(Reply.Socket.class, Reply.EchoSocket.class, Reply.NamedSocket.class, Reply.OpenedLog.class),
                ArbitraryFrames.variants(Reply.class).filter(variant -> parent.hasDescriptor(
                        new Answer(1, (Reply) ArbitraryFrames.of(variant).sample()))).collect(Collectors.toSet()));
    }

    /** Names that have the same hash value, as somebody would choose them who wants to keep the parent busy. */
    private static List<String> colliding(int bits) {
        return IntStream.range(0, 1 << bits).mapToObj(number -> IntStream.range(0, bits)
                .mapToObj(bit -> (number >> bit & 1) == 0 ? "Aa" : "BB").collect(Collectors.joining())).toList();
    }

    private byte[] groups(List<String> names) {
        FrameOutput out = new FrameOutput();
        out.octet(1).number(1).octet(5).octet(10).all(FrameOutput::text, names);
        return out.within(FromWorkerCodec.LIMIT);
    }

    @Test
    void namesOfTheSameHashKeepNobodyBusy() throws IOException {
        byte[] most = groups(colliding(12));
        assertTimeoutPreemptively(Duration.ofSeconds(5), () -> worker.read(most));
        byte[] more = groups(colliding(13));
        assertEquals("8192 groups are more than 4096",
                assertThrows(IOException.class, () -> worker.read(more)).getMessage());
    }

    private static byte[] full(byte[] beginning, byte[] element) {
        ByteBuffer octets = ByteBuffer.allocate(
                FromWorkerCodec.LIMIT - (FromWorkerCodec.LIMIT - beginning.length - Integer.BYTES) % element.length);
        octets.put(beginning).putInt((octets.remaining() - Integer.BYTES) / element.length);
        while (octets.hasRemaining()) {
            octets.put(element);
        }
        return octets.array();
    }

    /** Octets that a reader allocates for the worst of what the worker may send. */
    @Test
    void aFrameOfAMebibyteCostsLittleMemory() throws IOException {
        byte[] empty = full(new byte[]{2, 9}, new byte[4]);
        byte[] lines = full(new byte[]{2, 9}, new byte[]{0, 0, 0, 1, 'a'});
        byte[] operations = full(new byte[]{1, 0, 0, 0, 1, 5, 2}, new byte[]{2, 0, 0, 0, 1});
        com.sun.management.ThreadMXBean threads = (com.sun.management.ThreadMXBean) ManagementFactory
                .getThreadMXBean();
        for (byte[] octets : List.of(empty, lines, operations)) {
            long before = threads.getCurrentThreadAllocatedBytes();
            worker.read(octets);
            long allocated = threads.getCurrentThreadAllocatedBytes() - before;
            assertTrue(allocated < 32L * 1024 * 1024, () -> allocated + " octets");
        }
    }
}
