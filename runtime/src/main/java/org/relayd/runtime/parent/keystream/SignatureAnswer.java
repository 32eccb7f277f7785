package org.relayd.runtime.parent.keystream;

import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * An answer of the parent.
 *
 * @param id
 *            that of the request
 * @param signature
 *            up to {@value #LONGEST_SIGNATURE} octets, not copied; empty if there is none
 */
public record SignatureAnswer(int id, Optional<byte[]> signature) {
    /** Octets of the longest signature: that of a key of RSA with 16,384 bits. */
    public static final int LONGEST_SIGNATURE = 2048;
    /** Octets before the signature. */
    public static final int HEADER = 6;
    /** Octets of the longest answer. */
    public static final int LONGEST = HEADER + LONGEST_SIGNATURE;

    private static final int LENGTH_AT = 4;
    private static final int SHORT = 0xffff;
    private static final byte[] NONE = {};

    /**
     * Writes it, if there is room for all of it.
     *
     * @return false if there is none; nothing is written then
     */
    public boolean write(ByteBuffer to) {
        byte[] octets = signature.orElse(NONE);
        if (to.remaining() < HEADER + octets.length) {
            return false;
        }
        to.putInt(id).putShort((short) octets.length).put(octets);
        return true;
    }

    /**
     * Reads the next one.
     *
     * @return empty if not all of it is there yet; nothing is taken then
     * @throws GarbageException
     *             if it cannot be one
     */
    public static Optional<SignatureAnswer> read(ByteBuffer from) throws GarbageException {
        if (from.remaining() < HEADER) {
            return Optional.empty();
        }
        int length = from.getShort(from.position() + LENGTH_AT) & SHORT;
        if (length > LONGEST_SIGNATURE) {
            throw new GarbageException("a signature of " + length + " octets");
        }
        if (from.remaining() < HEADER + length) {
            return Optional.empty();
        }
        int id = from.getInt();
        byte[] signature = new byte[length];
        from.position(from.position() + Short.BYTES).get(signature);
        return Optional.of(new SignatureAnswer(id, length == 0 ? Optional.empty() : Optional.of(signature)));
    }
}
