package org.relayd.runtime.hce.check;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.relayd.ir.net.IpFamily;

class IcmpEchoTest {
    private final IcmpEcho echo = new IcmpEcho(0x1234, 7, 42);

    @Test
    void aRequestIs64BytesWithTheHostInFront() {
        ByteBuf request = echo.request(IpFamily.INET);
        assertEquals("0800" + "e59a" + "1234" + "0007" + "0000002a" + "00".repeat(52), ByteBufUtil.hexDump(request));
        assertEquals(0, IcmpEcho.checksum(request), "a right checksum makes the sum vanish");
        assertEquals("8000" + "0000" + "1234" + "0007" + "0000002a" + "00".repeat(52),
                ByteBufUtil.hexDump(echo.request(IpFamily.INET6)));
    }

    @Test
    void onlyRepliesAreRead() {
        assertEquals(Optional.empty(), IcmpEcho.reply(echo.request(IpFamily.INET), IpFamily.INET, false));
        ByteBuf reply = echo.request(IpFamily.INET).setByte(0, 0);
        assertEquals(Optional.of(echo), IcmpEcho.reply(reply, IpFamily.INET, false));
        ByteBuf behindHeader = Unpooled.wrappedBuffer(new byte[]{0x46}, new byte[23],
                ByteBufUtil.getBytes(reply));
        assertEquals(Optional.of(echo), IcmpEcho.reply(behindHeader, IpFamily.INET, true));
        assertEquals(Optional.of(echo),
                IcmpEcho.reply(echo.request(IpFamily.INET6).setByte(0, 129), IpFamily.INET6, false));
    }

    @Property(seed = "2026")
    void anyPacketIsReadOrRefused(@ForAll byte[] packet, @ForAll boolean ipHeader, @ForAll IpFamily family) {
        ByteBuf bytes = Unpooled.wrappedBuffer(packet);
        int read = IcmpEcho.reply(bytes, family, ipHeader).map(message -> 12).orElse(0);
        assertEquals(true, read <= packet.length);
    }
}
