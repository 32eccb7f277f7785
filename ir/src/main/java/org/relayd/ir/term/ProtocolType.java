package org.relayd.ir.term;

/** What a relay speaks. */
public enum ProtocolType implements Word {
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

    @Override
    public String word() {
        return word;
    }
}
