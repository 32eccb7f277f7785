package org.relayd.ir.term;

/** Part of an HTTP message that a rule or action works on. */
public enum EntityType implements Word {
    /** A header line. */
    HEADER("header"),
    /** A variable of the query string. */
    QUERY("query"),
    /** A cookie. */
    COOKIE("cookie"),
    /** The path of the request, without query. */
    PATH("path"),
    /** Host, path and query, looked up by suffix and prefix. */
    URL("url");

    private final String word;

    EntityType(String word) {
        this.word = word;
    }

    @Override
    public String word() {
        return word;
    }
}
