package org.relayd.runtime.tls.jdk;

import java.nio.ByteBuffer;

/**
 * Ciphertext on its way to the engine, which takes it a record at a time: what was kept of earlier calls, then what has
 * just arrived. Copied is only the record that came in pieces, and what has to wait.
 */
final class Records {
    private static final int HEADER = 5;
    private static final int LENGTH_AT = 3;
    /** Bytes of a protected record (RFC 5246 6.2.3). */
    private static final int LONGEST = 16 * 1024 + 2048;
    private static final byte LEAST_TYPE = 20;
    private static final byte MOST_TYPE = 23;
    private static final ByteBuffer NONE = ByteBuffer.allocate(0);

    private ByteBuffer kept = NONE;
    private ByteBuffer arrived = NONE;

    /** More has come; it is good until {@link #keep}. */
    void arrive(ByteBuffer bytes) {
        arrived = bytes;
    }

    int size() {
        return kept.remaining() + arrived.remaining();
    }

    /** Returns a byte without taking it. */
    byte peek(int at) {
        return at < kept.remaining() ? kept.get(kept.position() + at)
                : arrived.get(arrived.position() + at - kept.remaining());
    }

    /** Returns where the next record begins, whole if as much as that has come. */
    ByteBuffer next() {
        if (!kept.hasRemaining()) {
            return arrived;
        }
        append(HEADER - kept.remaining());
        if (kept.remaining() >= HEADER) {
            append(HEADER + length(kept) - kept.remaining());
        }
        return kept;
    }

    /**
     * Returns whether a record is whole, or not one of TLS, of which the engine says so. It is not asked before, as it
     * wants room for the plaintext of a whole record.
     */
    static boolean isWhole(ByteBuffer record) {
        if (record.remaining() < HEADER) {
            return false;
        }
        return !isOfTls(record) || record.remaining() >= HEADER + length(record);
    }

    /** Returns whether a record is longer than any may be; the engine would take twice as much, of old clients. */
    static boolean isTooLong(ByteBuffer record) {
        return record.remaining() >= HEADER && isOfTls(record) && length(record) > LONGEST;
    }

    private static boolean isOfTls(ByteBuffer record) {
        byte type = record.get(record.position());
        return type >= LEAST_TYPE && type <= MOST_TYPE;
    }

    private static int length(ByteBuffer record) {
        return Short.toUnsignedInt(record.getShort(record.position() + LENGTH_AT));
    }

    /** Puts all into one piece, for a header that is none of TLS: what comes of it is the engine's to say. */
    boolean join() {
        int before = kept.remaining();
        append(arrived.remaining());
        return before > 0 && kept.remaining() > before;
    }

    /** What is left stays for the next call. */
    void keep() {
        append(arrived.remaining());
        arrived = NONE;
        if (!kept.hasRemaining()) {
            kept = NONE;
        }
    }

    /** Forgets all. */
    void clear() {
        kept = NONE;
        arrived = NONE;
    }

    private void append(int wanted) {
        int count = Math.min(wanted, arrived.remaining());
        if (count <= 0) {
            return;
        }
        if (kept.capacity() - kept.limit() < count) {
            kept = ByteBuffer.allocate(kept.remaining() + Math.max(count, wanted)).put(kept).flip();
        }
        int end = kept.limit();
        kept.limit(end + count);
        kept.put(end, arrived, arrived.position(), count);
        arrived.position(arrived.position() + count);
    }
}
