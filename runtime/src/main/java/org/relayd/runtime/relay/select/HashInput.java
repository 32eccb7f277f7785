package org.relayd.runtime.relay.select;

import java.util.Arrays;

/**
 * What is hashed for the choice of a target: first what HTTP rules ask to hash, then what the mode adds. Belongs to one
 * session and is emptied by each choice.
 */
public final class HashInput {
    private byte[] octets = new byte[64];
    private int length;
    private boolean begun;

    /** Adds octets. */
    public void add(byte[] source, int at, int count) {
        if (length + count > octets.length) {
            octets = Arrays.copyOf(octets, Math.max(octets.length * 2, length + count));
        }
        System.arraycopy(source, at, octets, length, count);
        length += count;
        begun = true;
    }

    /** Adds all octets of an array. */
    public void add(byte[] source) {
        add(source, 0, source.length);
    }

    /** Adds a port as two octets in network order. */
    void addPort(int port) {
        add(new byte[]{(byte) (port >> Byte.SIZE), (byte) port});
    }

    /** Returns whether anything was added, be it of no octets. */
    public boolean isBegun() {
        return begun;
    }

    byte[] octets() {
        return octets;
    }

    int length() {
        return length;
    }

    /** Forgets what was added. */
    public void clear() {
        length = 0;
        begun = false;
    }
}
