package org.relayd.runtime.hce.check;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.Optional;
import org.relayd.ir.net.IpFamily;

/**
 * The parts of an ICMP echo message that a check uses. RFC 792, RFC 4443 section 4.
 *
 * @param id
 *            identifier, 16 bits
 * @param sequence
 *            sequence number, 16 bits
 * @param host
 *            number of the host, the first four bytes of the data
 */
record IcmpEcho(int id, int sequence, int host) {
    /** Bytes of a request, the ICMP header included. */
    static final int LENGTH = 64;
    private static final int REQUEST = 8;
    private static final int REPLY = 0;
    private static final int REQUEST_V6 = 128;
    private static final int REPLY_V6 = 129;
    private static final int LEAST = 12;

    /** Returns the request; over IPv6 the system fills in the checksum, since it covers addresses. */
    ByteBuf request(IpFamily family) {
        ByteBuf bytes = Unpooled.buffer(LENGTH, LENGTH);
        bytes.writeByte(family == IpFamily.INET ? REQUEST : REQUEST_V6).writeByte(0).writeShort(0);
        bytes.writeShort(id).writeShort(sequence).writeInt(host).writeZero(LENGTH - LEAST);
        if (family == IpFamily.INET) {
            bytes.setShort(2, checksum(bytes));
        }
        return bytes;
    }

    /**
     * Reads a packet.
     *
     * @param bytes
     *            what the socket gave
     * @param ipHeader
     *            whether it begins with an IPv4 header
     * @return the message, or empty if it is no echo reply
     */
    static Optional<IcmpEcho> reply(ByteBuf bytes, IpFamily family, boolean ipHeader) {
        int start = bytes.readerIndex();
        if (ipHeader) {
            start += bytes.isReadable() ? (bytes.getByte(start) & 0xf) * 4 : 0;
        }
        int type = family == IpFamily.INET ? REPLY : REPLY_V6;
        if (bytes.writerIndex() - start < LEAST || bytes.getUnsignedByte(start) != type) {
            return Optional.empty();
        }
        return Optional.of(new IcmpEcho(bytes.getUnsignedShort(start + 4), bytes.getUnsignedShort(start + 6),
                bytes.getInt(start + 8)));
    }

    /** Returns the Internet checksum of a buffer of even length. RFC 1071. */
    static int checksum(ByteBuf bytes) {
        long sum = 0;
        for (int i = bytes.readerIndex(); i < bytes.writerIndex(); i += 2) {
            sum += bytes.getUnsignedShort(i);
        }
        while (sum > 0xffff) {
            sum = (sum & 0xffff) + (sum >>> 16);
        }
        return (int) ~sum & 0xffff;
    }
}
