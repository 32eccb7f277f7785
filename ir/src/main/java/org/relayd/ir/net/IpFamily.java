package org.relayd.ir.net;

/** Address family. */
public enum IpFamily {
    /** IPv4, 4 bytes. */
    INET("inet", 4),
    /** IPv6, 16 bytes. */
    INET6("inet6", 16);

    private final String word;
    private final int bytes;

    IpFamily(String word, int bytes) {
        this.word = word;
        this.bytes = bytes;
    }

    /** Returns the word of relayd.conf(5) and pf.conf(5). */
    public String word() {
        return word;
    }

    /** Returns the length of an address in bytes. */
    public int bytes() {
        return bytes;
    }

    /** Returns the length of a host prefix in bits: 32 or 128. */
    public int bits() {
        return bytes * 8;
    }
}
