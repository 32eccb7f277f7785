package org.relayd.ir.term;

/** Versions of SSL and TLS that a protocol can name. */
public enum TlsVersion {
    /** SSL 2; accepted, without effect. */
    SSLV2("sslv2"),
    /** SSL 3; accepted, without effect. */
    SSLV3("sslv3"),
    /**
     * TLS as such in the words of dialect 5.1, of which the newest versions are spoken; 1.0 and 1.1 stand beside it if
     * it was asked for.
     */
    TLSV1("tlsv1"),
    /** TLS 1.0. */
    TLSV1_0("tlsv1.0"),
    /** TLS 1.1. */
    TLSV1_1("tlsv1.1"),
    /** TLS 1.2. */
    TLSV1_2("tlsv1.2"),
    /** TLS 1.3. */
    TLSV1_3("tlsv1.3");

    private final String word;

    TlsVersion(String word) {
        this.word = word;
    }

    /** Returns the word of relayd.conf(5). */
    public String word() {
        return word;
    }
}
