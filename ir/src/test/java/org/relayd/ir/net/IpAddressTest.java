package org.relayd.ir.net;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IpAddressTest {

    @ParameterizedTest
    @CsvSource({"10.0.0.1,10.0.0.1", "0.0.0.0,0.0.0.0", "::,::", "::1,::1", "2001:DB8::1,2001:db8::1",
            "1:0:0:2:0:0:0:3,1:0:0:2::3", "::ffff:10.0.0.1,::ffff:10.0.0.1", "fe80::1%em0,fe80::1%em0",
            "1:2:3:4:5:6:7::,1:2:3:4:5:6:7:0",
            "::10.0.0.1,::10.0.0.1", "2001:db8:0:1:1:1:1:1,2001:db8:0:1:1:1:1:1"})
    void numericTextIsReadAndPrintedCanonically(String text, String canonical) {
        assertEquals(Optional.of(canonical), IpAddress.parse(text).map(IpAddress::toString));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "10.1", "10.0.0.01", "10.0.0.256", "1.2.3.4.5", "*", "any", ":", ":::", "1::2::3",
            "1:2:3:4:5:6:7",
            "1:2:3:4:5:6:7:8:9", "12345::", "::1%", "fe80::g", "1.2.3.", ".1.2.3", "::1.2.3"})
    void otherTextIsNoAddress(String text) {
        assertEquals(Optional.empty(), IpAddress.parse(text));
    }

    @Property(seed = "2026")
    void printingAndReadingAnInet6AddressGivesItBack(@ForAll @Size(16) byte[] bytes) {
        IpAddress address = IpAddress.of(bytes);
        assertEquals(Optional.of(address), IpAddress.parse(address.toString()));
    }

    @Property(seed = "2026")
    void printedInetAddressMeansTheSameToTheJdk(@ForAll @Size(4) byte[] bytes) throws UnknownHostException {
        IpAddress address = IpAddress.of(bytes);
        assertEquals(InetAddress.getByAddress(bytes), InetAddress.getByName(address.toString()));
    }

    @ParameterizedTest
    @CsvSource({"10.0.0.0,8,10.255.0.1,true", "10.0.0.0,8,11.0.0.1,false", "0.0.0.0,0,203.0.113.9,true",
            "192.0.2.128,25,192.0.2.127,false",
            "192.0.2.128,25,192.0.2.200,true", "2001:db8::,32,2001:db8:1::1,true", "2001:db8::,32,10.0.0.1,false"})
    void prefixContainsTheAddressesThatShareItsBits(String network, int length, String address, boolean contained) {
        IpPrefix prefix = new IpPrefix(IpAddress.parse(network).orElseThrow(), length);
        assertEquals(contained, prefix.contains(IpAddress.parse(address).orElseThrow()));
    }
}
