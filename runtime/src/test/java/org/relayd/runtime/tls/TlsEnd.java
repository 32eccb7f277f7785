package org.relayd.runtime.tls;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;

/** One end of a connection in memory. */
public abstract class TlsEnd {
    private final ByteArrayOutputStream outgoing = new ByteArrayOutputStream();
    private final ByteArrayOutputStream received = new ByteArrayOutputStream();

    /** Begins the handshake. */
    public abstract void begin();

    /** Does what has become ready without ciphertext; false if that is nothing. */
    public abstract boolean turn();

    /** Whether it takes ciphertext now. */
    public abstract boolean isReady();

    /** Takes ciphertext that came. */
    public abstract void take(byte[] ciphertext);

    /** Sends plaintext. */
    public abstract void send(byte[] plaintext);

    /** Says that nothing more comes. */
    public abstract void finish();

    /** Lets go of everything. */
    public abstract void release();

    /** Has ciphertext to be carried to the other end. */
    protected void produce(byte[] ciphertext) {
        outgoing.writeBytes(ciphertext);
    }

    /** Has plaintext that came. */
    protected void deliver(byte[] plaintext) {
        received.writeBytes(plaintext);
    }

    /** Returns all plaintext that came so far. */
    public byte[] received() {
        return received.toByteArray();
    }

    /** Returns ciphertext that waits to be carried. */
    public byte[] outgoing() {
        return outgoing.toByteArray();
    }

    /** Takes some of the ciphertext that waits away. */
    public byte[] carry(int most) {
        byte[] all = outgoing.toByteArray();
        int count = Math.min(most, all.length);
        outgoing.reset();
        outgoing.write(all, count, all.length - count);
        return Arrays.copyOf(all, count);
    }
}
