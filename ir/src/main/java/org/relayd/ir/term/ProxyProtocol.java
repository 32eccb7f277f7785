package org.relayd.ir.term;

/** Version of the PROXY protocol header sent to a target. */
public enum ProxyProtocol {
    /** The text form. */
    V1("v1"),
    /** The binary form. */
    V2("v2");

    private final String word;

    ProxyProtocol(String word) {
        this.word = word;
    }

    /** Returns the word of relayd.conf(5). */
    public String word() {
        return word;
    }
}
