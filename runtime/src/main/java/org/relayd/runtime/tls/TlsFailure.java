package org.relayd.runtime.tls;

/**
 * Why a connection speaks no TLS, or no more.
 *
 * @param kind
 *            what to do about it
 * @param text
 *            the reason, for the log: lower case, bounded, printable, no line ends
 */
public record TlsFailure(Kind kind, String text) {

    /** Kinds of failures. */
    public enum Kind {
        /** The other end speaks HTTP without TLS; nothing was produced. */
        PLAIN_HTTP,
        /** The other end breaks the rules or has nothing in common with this one. */
        PROTOCOL,
        /** The certificate of the other end is missing or no good. */
        CERTIFICATE,
        /** The other end has said so, with an alert. */
        ALERT,
        /** The connection has ended or failed. */
        GONE,
        /** A key that is elsewhere did not sign, or something failed here. */
        INTERNAL
    }
}
