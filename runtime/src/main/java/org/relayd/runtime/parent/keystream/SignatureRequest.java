package org.relayd.runtime.parent.keystream;

import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * A request of the worker.
 *
 * @param id
 *            by which its answer is known; the worker numbers as it likes
 * @param key
 *            what the parent said of the key
 * @param scheme
 *            signature scheme by its number (RFC 8446 4.2.3), of 16 bits
 * @param content
 *            what is to be signed, not yet hashed; 1 to {@value #LONGEST_CONTENT} octets, not copied
 */
@SuppressWarnings("ArrayRecordComponent") // goes from handshake to socket; nobody asks for equality
public record SignatureRequest(int id, int key, int scheme, byte[] content) {
    /** Octets of the longest content: TLS 1.2 with a point of P-521 has 201. */
    public static final int LONGEST_CONTENT = 512;
    /** Octets before the content. */
    public static final int HEADER = 12;
    /** Octets of the longest request. */
    public static final int LONGEST = HEADER + LONGEST_CONTENT;

    private static final int LENGTH_AT = 10;
    private static final int SHORT = 0xffff;

    /** Returns whether its content can be written. */
    public boolean isWritable() {
        return content.length > 0 && content.length <= LONGEST_CONTENT;
    }

    /**
     * Writes it, if there is room for all of it.
     *
     * @return false if there is none; nothing is written then
     */
    public boolean write(ByteBuffer to) {
        if (to.remaining() < HEADER + content.length) {
            return false;
        }
        to.putInt(id).putInt(key).putShort((short) scheme).putShort((short) content.length).put(content);
        return true;
    }

    /**
     * Reads the next one.
     *
     * @return empty if not all of it is there yet; nothing is taken then
     * @throws GarbageException
     *             if it cannot be one
     */
    public static Optional<SignatureRequest> read(ByteBuffer from) throws GarbageException {
        if (from.remaining() < HEADER) {
            return Optional.empty();
        }
        int length = from.getShort(from.position() + LENGTH_AT) & SHORT;
        if (length == 0 || length > LONGEST_CONTENT) {
            throw new GarbageException("a request to sign " + length + " octets");
        }
        if (from.remaining() < HEADER + length) {
            return Optional.empty();
        }
        int id = from.getInt();
        int key = from.getInt();
        int scheme = from.getShort() & SHORT;
        byte[] content = new byte[length];
        from.position(from.position() + Short.BYTES).get(content);
        return Optional.of(new SignatureRequest(id, key, scheme, content));
    }
}
