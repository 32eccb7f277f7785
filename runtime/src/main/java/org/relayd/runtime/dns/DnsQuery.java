package org.relayd.runtime.dns;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import org.relayd.ir.net.DnsName;
import org.relayd.ir.net.IpFamily;

/**
 * A question for the addresses of a name.
 *
 * @param id
 *            identification, 16 bits
 * @param name
 *            the name
 * @param family
 *            which addresses: records A or AAAA
 */
public record DnsQuery(int id, DnsName name, IpFamily family) {
    private static final int RECURSION_DESIRED = 0x0100;
    private static final int INTERNET = 1;

    /** Returns the message, which is the caller's to release. */
    public ByteBuf message() {
        ByteBuf message = Unpooled.buffer();
        message.writeShort(id).writeShort(RECURSION_DESIRED).writeShort(1).writeZero(6);
        for (String label : name.labels()) {
            message.writeByte(label.length()).writeCharSequence(label, StandardCharsets.US_ASCII);
        }
        return message.writeByte(0).writeShort(DnsAnswer.type(family)).writeShort(INTERNET);
    }
}
