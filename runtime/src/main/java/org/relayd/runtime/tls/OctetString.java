package org.relayd.runtime.tls;

import java.util.Arrays;
import java.util.HexFormat;

/** OctetString that do not change, equal to others of the same content. */
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
