package org.relayd.ir.term;

/** What a relay speaks. */
public enum ProtocolType {
    /** Any bytes over TCP. */
    TCP("tcp"),
    /** HTTP over TCP. */
    HTTP("http"),
    /** DNS over UDP. */
    DNS("dns");

    private final String word;

    ProtocolType(String word) {
        this.word = word;
    }

    /** Returns the word of relayd.conf(5). */
    public String word() {
        return word;
    }
}
