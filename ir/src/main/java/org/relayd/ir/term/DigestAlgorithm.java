package org.relayd.ir.term;

/** Hash of a digest, told from its length. */
public enum DigestAlgorithm {
    /** 40 hex digits. */
    SHA1("sha1"),
    /** 32 hex digits. */
    MD5("md5");

    private final String word;

    DigestAlgorithm(String word) {
        this.word = word;
    }

    /** Returns the name used by the model. */
    public String word() {
        return word;
    }
}
