package org.relayd.ir.term;

/** Version of the PROXY protocol header sent to a target. */
public enum ProxyProtocol implements Word {
    /** The text form. */
    V1("v1"),
    /** The binary form. */
    V2("v2");

    private final String word;

    ProxyProtocol(String word) {
        this.word = word;
    }

    @Override
    public String word() {
        return word;
    }
}
