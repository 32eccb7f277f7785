package org.relayd.runtime.tls;

/** A certificate, a key or a setting that is no good: a fault of what the user wrote, in words for the user. */
public final class TlsException extends Exception {
    private static final long serialVersionUID = 1;

    /** Creates it with its text: lower case, names the file or the value. */
    public TlsException(String text) {
        super(text);
    }

    /** The same with what the library said. */
    public TlsException(String text, Throwable cause) {
        super(text, cause);
    }
}
