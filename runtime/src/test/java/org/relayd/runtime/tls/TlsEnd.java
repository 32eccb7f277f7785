package org.relayd.runtime.tls;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;

/** One end of a connection in memory. */
public abstract class TlsEnd {
    private byte[] outgoing = {};
    private int carried;
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

    /** Sends plaintext and says that nothing more comes. */
    public void sendLast(byte[] plaintext) {
        send(plaintext);
        finish();
    }

    /** Says that nothing more comes. */
    public abstract void finish();

    /** Lets go of everything. */
    public abstract void release();

    /** Has ciphertext to be carried to the other end. */
    protected void produce(byte[] ciphertext) {
        byte[] waiting = outgoing();
        outgoing = Arrays.copyOf(waiting, waiting.length + ciphertext.length);
        System.arraycopy(ciphertext, 0, outgoing, waiting.length, ciphertext.length);
        carried = 0;
    }

    /** Has plaintext that came. */
    protected void deliver(byte[] plaintext) {
        received.writeBytes(plaintext);
    }

    /** Returns all plaintext that came so far. */
    public byte[] received() {
        return received.toByteArray();
    }

    /** Returns whether ciphertext waits to be carried. */
    public boolean hasOutgoing() {
        return carried < outgoing.length;
    }

    /** Returns ciphertext that waits to be carried. */
    public byte[] outgoing() {
        return Arrays.copyOfRange(outgoing, carried, outgoing.length);
    }

    /** Takes some of the ciphertext that waits away. */
    public byte[] carry(int most) {
        int from = carried;
        carried += Math.min(most, outgoing.length - carried);
        return Arrays.copyOfRange(outgoing, from, carried);
    }
}
