package org.relayd.runtime.dns;

import io.netty.buffer.ByteBuf;
import java.util.Optional;

/**
 * The head and the question of a DNS message (RFC 1035 4.1): id, whether it is a response, and what is
 * asked. Nothing is decoded.
 */
public final class DnsMessage {
    /** Octets of the header: shorter datagrams are no messages. */
    public static final int HEADER = 12;
    private static final int FLAGS_AT = 2;
    private static final int QUESTIONS_AT = 4;
    private static final int RESPONSE_FLAG = 0x8000;
    static final int LONGEST_LABEL = 63;
    private static final int TYPE_AND_CLASS = 4;

    private DnsMessage() {}

    /**
     * Returns the identification, 0 to 65535.
     *
     * @param message
     *            at least {@link #HEADER} readable octets, as for all methods here
     */
    public static int id(ByteBuf message) {
        return message.getUnsignedShort(message.readerIndex());
    }

    /** Returns whether it answers a query: the bit QR. */
    public static boolean isResponse(ByteBuf message) {
        return (message.getUnsignedShort(message.readerIndex() + FLAGS_AT) & RESPONSE_FLAG) != 0;
    }

    /**
     * Returns a copy of the only question, its name in small letters; empty if there is not exactly one, or it is cut
     * off or compressed.
     */
    public static Optional<byte[]> question(ByteBuf message) {
        int start = message.readerIndex() + HEADER;
        if (message.getUnsignedShort(message.readerIndex() + QUESTIONS_AT) != 1) {
            return Optional.empty();
        }
        int at = start;
        while (at < message.writerIndex()) {
            int label = message.getUnsignedByte(at);
            at++;
            if (label == 0) {
                return at + TYPE_AND_CLASS <= message.writerIndex() ? Optional.of(copy(message, start, at))
                        : Optional.empty();
            }
            if (label > LONGEST_LABEL) {
                return Optional.empty();
            }
            at += label;
        }
        return Optional.empty();
    }

    private static byte[] copy(ByteBuf message, int start, int nameEnd) {
        byte[] question = new byte[nameEnd + TYPE_AND_CLASS - start];
        message.getBytes(start, question);
        for (int i = 0; i < nameEnd - start; i++) {
            question[i] = lower(question[i]);
        }
        return question;
    }

    // Names are compared without regard to case (RFC 4343). The length of a label is no letter.
    private static byte lower(byte octet) {
        return octet >= 'A' && octet <= 'Z' ? (byte) (octet + 32) : octet;
    }

    /** Returns what {@code relayd -vv} shows of a message. */
    public static String summary(ByteBuf message) {
        int at = message.readerIndex();
        return String.format("%s id 0x%x flags 0x%x:0x%x qd %d an %d ns %d ar %d",
                isResponse(message) ? "response" : "request", id(message), message.getByte(at + FLAGS_AT) & 0xff,
                message.getByte(at + FLAGS_AT + 1) & 0xff, message.getUnsignedShort(at + 4),
                message.getUnsignedShort(at + 6), message.getUnsignedShort(at + 8), message.getUnsignedShort(at + 10));
    }
}
