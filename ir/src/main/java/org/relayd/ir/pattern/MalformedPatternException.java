package org.relayd.ir.pattern;

/** A text is not a pattern of patterns(7); the message says why, in lower case without a full stop. */
public final class MalformedPatternException extends Exception {
    private static final long serialVersionUID = 1L;

    /** Creates the exception with its reason. */
    public MalformedPatternException(String reason) {
        super(reason);
    }
}
