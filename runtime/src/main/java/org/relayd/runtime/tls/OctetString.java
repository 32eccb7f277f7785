package org.relayd.runtime.tls;

import java.util.Arrays;
import java.util.HexFormat;

/** Octets that do not change, equal to others of the same content. */
public final class OctetString {
    private final byte[] content;

    /** Copies octets. */
    public OctetString(byte[] content) {
        this.content = content.clone();
    }

    /** Returns a copy. */
    public byte[] toArray() {
        return content.clone();
    }

    /** Makes a secret unreadable when nobody needs it any more. */
    void wipe() {
        Arrays.fill(content, (byte) 0);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof OctetString octets && Arrays.equals(content, octets.content);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(content);
    }

    /** In hexadecimal digits. */
    @Override
    public String toString() {
        return HexFormat.of().formatHex(content);
    }
}
