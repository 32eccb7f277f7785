package org.relayd.runtime.dns;

import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.List;
import org.relayd.ir.net.IpAddress;
import org.relayd.ir.net.IpFamily;

/**
 * What a response says (RFC 1035 4.1). The records of its answer section are read one after the other; the
 * names of their owners are passed over and no compression pointer is followed, so that reading ends with the
 * message whatever it holds.
 *
 * @param code
 *            the response code, 0 for no error
 * @param truncated
 *            whether the sender says that something is missing: the bit TC
 * @param addresses
 *            addresses of all records A and AAAA, whoever owns them: a chain of aliases is not followed, it is believed
 * @param whole
 *            whether as many records as announced could be read
 */
public record DnsAnswer(int code, boolean truncated, List<IpAddress> addresses, boolean whole) {
    private static final int FLAGS_AT = 2;
    private static final int QUESTIONS_AT = 4;
    private static final int ANSWERS_AT = 6;
    private static final int TRUNCATED = 0x0200;
    private static final int CODE = 0x000f;
    private static final int TYPE_A = 1;
    private static final int TYPE_AAAA = 28;
    private static final int INTERNET = 1;
    private static final int TYPE_AND_CLASS = 4;
    /** Type, class, time to live and length of the data. */
    private static final int FIXED = 10;
    private static final int POINTER = 0xc0;

    /** Copies the list. */
    public DnsAnswer {
        addresses = List.copyOf(addresses);
    }

    /**
     * Reads a response.
     *
     * @param message
     *            at least {@link DnsMessage#HEADER} readable octets; its indices stay where they are
     */
    public static DnsAnswer of(ByteBuf message) {
        ByteBuf rest = message.duplicate();
        int start = rest.readerIndex();
        int flags = rest.getUnsignedShort(start + FLAGS_AT);
        int questions = rest.getUnsignedShort(start + QUESTIONS_AT);
        int answers = rest.getUnsignedShort(start + ANSWERS_AT);
        rest.skipBytes(DnsMessage.HEADER);
        List<IpAddress> addresses = new ArrayList<>();
        boolean whole = true;
        for (int i = 0; whole && i < questions; i++) {
            whole = passName(rest) && pass(rest, TYPE_AND_CLASS);
        }
        for (int i = 0; whole && i < answers; i++) {
            whole = readRecord(rest, addresses);
        }
        return new DnsAnswer(flags & CODE, (flags & TRUNCATED) != 0, addresses, whole);
    }

    private static boolean readRecord(ByteBuf rest, List<IpAddress> addresses) {
        if (!passName(rest) || rest.readableBytes() < FIXED) {
            return false;
        }
        int type = rest.readUnsignedShort();
        boolean internet = rest.readUnsignedShort() == INTERNET;
        rest.skipBytes(4);
        int length = rest.readUnsignedShort();
        for (IpFamily family : IpFamily.values()) {
            if (internet && type == type(family)) {
                if (length != family.bytes() || rest.readableBytes() < length) {
                    return false;
                }
                byte[] octets = new byte[length];
                rest.readBytes(octets);
                addresses.add(IpAddress.of(octets));
                return true;
            }
        }
        return pass(rest, length);
    }

    /** Passes over a name, which a pointer ends; false if it is none. */
    private static boolean passName(ByteBuf rest) {
        while (rest.isReadable()) {
            int length = rest.readUnsignedByte();
            if (length == 0) {
                return true;
            } else if (length >= POINTER) {
                return pass(rest, 1);
            } else if (length > DnsMessage.LONGEST_LABEL || !pass(rest, length)) {
                return false;
            }
        }
        return false;
    }

    private static boolean pass(ByteBuf rest, int octets) {
        boolean there = rest.readableBytes() >= octets;
        if (there) {
            rest.skipBytes(octets);
        }
        return there;
    }

    /** Returns the type of the records that hold addresses of a family. */
    static int type(IpFamily family) {
        return switch (family) {
            case INET -> TYPE_A;
            case INET6 -> TYPE_AAAA;
        };
    }
}
