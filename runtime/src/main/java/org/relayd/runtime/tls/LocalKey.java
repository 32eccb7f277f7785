package org.relayd.runtime.tls;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;

/** A private key outside of the Java heap, which neither moves nor copies it; wiped when nobody needs it any more. */
public final class LocalKey implements AutoCloseable {
    private final MemorySegment memory;
    private boolean closed;

    /**
     * Takes a key.
     *
     * @param pkcs8
     *            the key without encryption (RFC 5208), DER; wiped
     */
    public LocalKey(byte[] pkcs8) {
        // Freed with this object: to close an arena that threads share stops all of them, a millisecond of a start.
        memory = Arena.ofAuto().allocate(pkcs8.length);
        MemorySegment.copy(pkcs8, 0, memory, ValueLayout.JAVA_BYTE, 0, pkcs8.length);
        Arrays.fill(pkcs8, (byte) 0);
    }

    /**
     * Returns the key, DER; not to be copied to the heap for longer than a call.
     *
     * @throws IllegalStateException
     *             if it is wiped
     */
    public synchronized MemorySegment pkcs8() {
        if (closed) {
            throw new IllegalStateException("the key is wiped");
        }
        return memory;
    }

    /** Returns a copy of the key on the heap, for a library that has it nowhere else; for the caller to wipe soon. */
    public byte[] copy() {
        return memory.toArray(ValueLayout.JAVA_BYTE);
    }

    /** Wipes the key. Contexts that were made with it keep what their library needs. The second call does nothing. */
    @Override
    public synchronized void close() {
        closed = true;
        memory.fill((byte) 0);
    }
}
