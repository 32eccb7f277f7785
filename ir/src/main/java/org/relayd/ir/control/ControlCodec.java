package org.relayd.ir.control;

import java.nio.ByteBuffer;

/**
 * The bytes of requests and replies. A frame is four bytes with the length of what follows (big endian), one with the
 * version of the protocol, one with the kind of message, and its fields. Reading never trusts a length: a frame is at
 * most {@link #LONGEST_REQUEST} or {@link #LONGEST_REPLY} bytes long.
 */
public final class ControlCodec {
    /** Version of the protocol; raised with every change of a message. */
    public static final int VERSION = 2;
    /** Bytes of the length in front of a frame. */
    public static final int LENGTH_BYTES = 4;
    /** Most bytes of a request after its length. */
    public static final int LONGEST_REQUEST = 8192;
    /** Most bytes of a reply after its length. */
    public static final int LONGEST_REPLY = 1 << 20;

    private ControlCodec() {}

    /** Returns the frame of a request, its length in front. */
    public static byte[] frame(ControlRequest request) {
        WireWriter writer = new WireWriter().octet(VERSION);
        RequestCodec.write(request, writer);
        return framed(writer.toBytes());
    }

    /** Returns the frame of a reply, its length in front. */
    public static byte[] frame(ControlReply reply) {
        WireWriter writer = new WireWriter().octet(VERSION);
        ReplyCodec.write(reply, writer);
        return framed(writer.toBytes());
    }

    private static byte[] framed(byte[] body) {
        return ByteBuffer.allocate(LENGTH_BYTES + body.length).putInt(body.length).put(body).array();
    }

    /**
     * Reads a request.
     *
     * @param body
     *            the frame without its length
     * @throws ControlFormatException
     *             if it is none of this version; the message is meant for the user of the other side
     */
    public static ControlRequest request(byte[] body) throws ControlFormatException {
        WireReader reader = versioned(body);
        ControlRequest request = RequestCodec.read(reader);
        reader.end();
        return request;
    }

    /**
     * Reads a reply.
     *
     * @param body
     *            the frame without its length
     * @throws ControlFormatException
     *             if it is none of this version; the message is meant for the user
     */
    public static ControlReply reply(byte[] body) throws ControlFormatException {
        WireReader reader = versioned(body);
        ControlReply reply = ReplyCodec.read(reader);
        reader.end();
        return reply;
    }

    private static WireReader versioned(byte[] body) throws ControlFormatException {
        WireReader reader = new WireReader(body);
        int version = reader.octet();
        if (version != VERSION) {
            throw new ControlFormatException("relayctl and relayd are of different versions (protocol " + version
                    + ", not " + VERSION + ")");
        }
        return reader;
    }
}
