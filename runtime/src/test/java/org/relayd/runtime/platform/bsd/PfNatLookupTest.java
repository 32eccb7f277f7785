package org.relayd.runtime.platform.bsd;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.relayd.runtime.platform.KernelException;
import org.relayd.runtime.platform.bsd.abi.Abi;
import org.relayd.runtime.platform.bsd.abi.Expected;
import org.relayd.runtime.platform.bsd.abi.Facts;
import org.relayd.runtime.platform.bsd.abi.Image;
import org.relayd.runtime.system.ErrorName;

/** DIOCNATLOOK of both systems, every byte of it. */
class PfNatLookupTest {
    private final RecordingCalls calls = new RecordingCalls();

    private static InetSocketAddress at(String address, int port) throws Exception {
        return new InetSocketAddress(InetAddress.getByName(address), port);
    }

    private static void translate(Image argument) {
        argument.bytes("rdaddr", new byte[]{(byte) 192, 0, 2, 10}).port("rdport", 0, 80);
    }

    private static Expected question(Facts facts, String direction) {
        return facts.expected("pfioc_natlook").constant("af", "AF_INET").number("proto", 6)
                .constant("direction", direction).hex("saddr", "0a0a0002").hex("sport", "9c40")
                .hex("daddr", "0a0a0001").hex("dport", "22b8");
    }

    @Test
    void openBsdIsAskedOnceIfThePacketCameIn() throws Exception {
        calls.answering("DIOCNATLOOK", PfNatLookupTest::translate);
        PfNatLookup lookup = new PfNatLookup(calls, Abi.ofOpenBsd());
        assertEquals(Optional.of(at("192.0.2.10", 80)),
                lookup.original(at("10.10.0.2", 40000), at("10.10.0.1", 8888)));
        assertEquals(List.of("open /dev/pf", "DIOCNATLOOK"), calls.lines);
        assertEquals(0xc0504417L, calls.only("DIOCNATLOOK").number());
        assertArrayEquals(question(Facts.of("openbsd"), "PF_IN").toBytes(),
                calls.only("DIOCNATLOOK").argument().array());
    }

    @Test
    void freeBsdIsAskedForBothDirections() throws Exception {
        calls.refusing("DIOCNATLOOK", ErrorName.ENOENT);
        PfNatLookup lookup = new PfNatLookup(calls, Abi.ofFreeBsd());
        assertEquals(Optional.empty(), lookup.original(at("10.10.0.2", 40000), at("10.10.0.1", 8888)));
        assertEquals(0xc04c4417L, calls.all("DIOCNATLOOK").get(0).number());
        assertArrayEquals(question(Facts.of("freebsd"), "PF_IN").toBytes(),
                calls.all("DIOCNATLOOK").get(0).argument().array());
        assertArrayEquals(question(Facts.of("freebsd"), "PF_OUT").toBytes(),
                calls.all("DIOCNATLOOK").get(1).argument().array());
    }

    @Test
    void inet6AddressesAreSixteenBytes() throws Exception {
        calls.answering("DIOCNATLOOK", argument -> argument
                .bytes("rdaddr", PfFixture.address("2001:db8::10").bytes()).port("rdport", 0, 443));
        assertEquals(Optional.of(at("2001:db8::10", 443)), new PfNatLookup(calls, Abi.ofOpenBsd())
                .original(at("fd00:10::2", 40000), at("fd00:10::1", 8888)));
        assertArrayEquals(Facts.of("openbsd").expected("pfioc_natlook").number("af", 24).number("proto", 6)
                .constant("direction", "PF_IN").hex("saddr", "fd000010000000000000000000000002").hex("sport", "9c40")
                .hex("daddr", "fd000010000000000000000000000001").hex("dport", "22b8").toBytes(),
                calls.only("DIOCNATLOOK").argument().array());
    }

    @Test
    void anyOtherRefusalIsAFault() {
        calls.refusing("DIOCNATLOOK", ErrorName.EACCES);
        assertEquals("pf: DIOCNATLOOK: errno 13", assertThrows(KernelException.class, () -> new PfNatLookup(calls,
                Abi.ofOpenBsd()).original(at("10.10.0.2", 40000), at("10.10.0.1", 8888))).getMessage());
    }
}
