package org.relayd.runtime.dns;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.ByteRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.relayd.ir.net.DnsName;
import org.relayd.ir.net.IpAddress;
import org.relayd.ir.net.IpFamily;

/** Queries as they are written and responses as they are read, octet for octet. */
class DnsAnswerTest {
    private static final DnsName NAME = new DnsName("www.Example.com");
    /** As in a response: www.example.com, A, IN. */
    private static final String QUESTION = "03777777" + "076578616d706c65" + "03636f6d00" + "00010001";
    private static final String A_192_0_2_1 = "c00c" + "0001" + "0001" + "0000003c" + "0004" + "c0000201";
    private static final String A_192_0_2_2 = "c00c" + "0001" + "0001" + "0000003c" + "0004" + "c0000202";

    private static DnsAnswer answer(String flags, int records, String rest) {
        return read("1234" + flags + "0001" + String.format("%04x", records) + "00000000" + QUESTION + rest);
    }

    private static DnsAnswer read(String hex) {
        return DnsAnswer.of(Unpooled.wrappedBuffer(ByteBufUtil.decodeHexDump(hex)));
    }

    private static IpAddress address(String text) {
        return IpAddress.parse(text).orElseThrow();
    }

    @Test
    void aQueryAsksOneQuestionAndForRecursion() {
        ByteBuf message = new DnsQuery(0x1234, NAME, IpFamily.INET).message();
        assertEquals(
                "1234" + "0100" + "0001" + "0000" + "0000" + "0000" + "03777777" + "074578616d706c65" + "03636f6d00"
                        + "00010001",
                ByteBufUtil.hexDump(message));
        assertEquals(QUESTION, ByteBufUtil.hexDump(DnsMessage.question(message).orElseThrow()));
    }

    @Test
    void aDotAtTheEndOfANameIsTheRoot() {
        assertEquals(new DnsQuery(1, NAME, IpFamily.INET6).message(),
                new DnsQuery(1, new DnsName(NAME.text() + "."), IpFamily.INET6).message());
    }

    @Test
    void allAddressesOfAnAnswerAreRead() {
        DnsAnswer answer = answer("8180", 2, A_192_0_2_1 + A_192_0_2_2);
        assertEquals(new DnsAnswer(0, false, List.of(address("192.0.2.1"), address("192.0.2.2")), true), answer);
    }

    @Test
    void addressesAtTheEndOfAChainOfAliasesCount() {
        String alias = "c00c" + "0005" + "0001" + "0000003c" + "0004" + "0161c014";
        String inet6 = "0161c014" + "001c" + "0001" + "0000003c" + "0010" + "20010db8000000000000000000000001";
        assertEquals(List.of(address("2001:db8::1")), answer("8180", 2, alias + inet6).addresses());
    }

    @Test
    void aPointerToItselfIsPassedOver() {
        DnsAnswer answer = answer("8180", 1, "c021" + A_192_0_2_1.substring(4));
        assertEquals(List.of(address("192.0.2.1")), answer.addresses());
        assertTrue(answer.whole());
    }

    @Test
    void theCodeAndTheBitOfTruncationAreRead() {
        assertEquals(new DnsAnswer(3, false, List.of(), true), answer("8183", 0, ""));
        assertEquals(new DnsAnswer(0, true, List.of(), true), answer("8380", 0, ""));
    }

    @Test
    void whatIsMissingIsNoticedAndWhatIsThereCounts() {
        DnsAnswer cut = answer("8180", 2, A_192_0_2_1 + A_192_0_2_2.substring(0, 10));
        assertEquals(List.of(address("192.0.2.1")), cut.addresses());
        assertFalse(cut.whole());
        assertFalse(answer("8180", 65_535, A_192_0_2_1).whole());
        assertFalse(answer("8180", 1, A_192_0_2_1.replace("0004", "0003")).whole(), "an address of three octets");
        assertFalse(answer("8180", 1, "41" + A_192_0_2_1).whole(), "a label of 65 octets");
    }

    @Test
    void recordsOfOtherClassesAreNoAddresses() {
        assertEquals(new DnsAnswer(0, false, List.of(), true),
                answer("8180", 1, A_192_0_2_1.replace("00010001", "00010003")));
    }

    @Property(seed = "42")
    void whateverArrivesIsReadToAnEnd(@ForAll @Size(min = 12, max = 600) byte[] octets) {
        DnsAnswer answer = DnsAnswer.of(Unpooled.wrappedBuffer(octets));
        assertTrue(answer.addresses().size() * 15 <= octets.length);
    }

    @Property(seed = "42")
    void recordsOfRandomTypesAndLengthsAreReadToAnEnd(
            @ForAll @Size(max = 40) List<@ByteRange(min = -1, max = 30) Byte> types, @ForAll byte[] data) {
        ByteBuf message = Unpooled.buffer();
        message.writeShort(1).writeShort(0x8180).writeShort(0).writeShort(types.size()).writeZero(4);
        for (byte type : types) {
            message.writeByte(0).writeShort(type).writeShort(1).writeInt(60).writeShort(data.length).writeBytes(data);
        }
        DnsAnswer answer = DnsAnswer.of(message);
        boolean right = types.stream()
                .allMatch(type -> (type != 1 || data.length == 4) && (type != 28 || data.length == 16));
        assertEquals(right, answer.whole());
    }
}
