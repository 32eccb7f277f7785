package org.relayd.compiler.json;

/** A text is not JSON. */
public final class JsonException extends Exception {
    private static final long serialVersionUID = 1;

    private final int line;

    JsonException(int line, String message) {
        super(message);
        this.line = line;
    }

    /** Returns the 1-based line of the fault. */
    public int line() {
        return line;
    }
}
