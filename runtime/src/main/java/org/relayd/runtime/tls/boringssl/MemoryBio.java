package org.relayd.runtime.tls.boringssl;

import io.netty.internal.tcnative.SSL;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.relayd.runtime.tls.TlsMemory;

/**
 * The BIO of a stream, which reads from memory and writes to memory by address. It knows one memory at a time: where
 * ciphertext comes from, or where it goes to. What the library writes while it reads stays in a small buffer of the
 * BIO's own until {@link #toSink}; a flight that is larger makes it say WANT_WRITE.
 */
final class MemoryBio {
    /** Bytes of the buffer of its own: an alert or a Finished; each idle stream has it. */
    private static final int SIDE = 512;

    private final TlsMemory memory;
    private final long bio;
    private long end;
    private int left;
    private boolean sink;
    private int produced;

    MemoryBio(long ssl, TlsMemory memory) {
        this.memory = memory;
        bio = SSL.bioNewByteBuffer(ssl, SIDE);
    }

    /** Begins a call: nothing is produced yet. */
    void begin() {
        produced = 0;
    }

    /** Ends a call: the memory is the next one's. */
    void end() {
        SSL.bioClearByteBuffer(bio);
        left = 0;
        sink = false;
    }

    /** Reads what came. */
    void read(int count) {
        end = memory.in.address() + count;
        SSL.bioSetByteBuffer(bio, memory.in.address(), count, false);
    }

    /** Returns the bytes that are not read yet. */
    int left() {
        return sink ? left : SSL.bioLengthByteBuffer(bio);
    }

    /** Copies the bytes that are not read yet. */
    byte[] rest() {
        int count = left();
        return memory.in.asSlice(end - memory.in.address() - count, count).toArray(ValueLayout.JAVA_BYTE);
    }

    /** Writes from now on; reading stops where it is. False if there is no room. */
    boolean toSink() {
        if (sink) {
            return SSL.bioLengthByteBuffer(bio) > 0;
        }
        left = SSL.bioLengthByteBuffer(bio);
        sink = true;
        SSL.bioSetByteBuffer(bio, memory.out.address() + produced, TlsMemory.OUT - produced, true);
        SSL.bioFlushByteBuffer(bio);
        return produced < TlsMemory.OUT;
    }

    /** Reads on, and counts what was written. */
    void toSource() {
        if (!sink) {
            return;
        }
        produced = TlsMemory.OUT - SSL.bioLengthByteBuffer(bio);
        sink = false;
        if (left > 0) {
            SSL.bioSetByteBuffer(bio, end - left, left, false);
        } else {
            SSL.bioClearByteBuffer(bio);
        }
    }

    /** Writes what the library wrote while it read. */
    void flush() {
        if (SSL.bioLengthNonApplication(bio) > 0) {
            toSink();
        }
        toSource();
    }

    /** Writes something after what the library wrote. */
    void put(byte[] record) {
        MemorySegment.copy(record, 0, memory.out, ValueLayout.JAVA_BYTE, produced, record.length);
        produced += record.length;
    }

    /** Takes back what was produced. */
    void discard() {
        produced = 0;
    }

    /** Returns the bytes that stand at the beginning of the memory for ciphertext that is to go. */
    int produced() {
        return produced;
    }
}
