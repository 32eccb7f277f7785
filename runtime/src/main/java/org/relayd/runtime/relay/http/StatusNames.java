package org.relayd.runtime.relay.http;

import org.relayd.ir.term.Dialect;

/** Reason phrases of the status codes that relays answer with. */
final class StatusNames {
    private StatusNames() {}

    /** Returns the registered phrase; dialect 5.1 has the one of its time. */
    static String of(int status, Dialect dialect) {
        return switch (status) {
            case 400 -> "Bad Request";
            case 403 -> "Forbidden";
            case 405 -> "Method Not Allowed";
            case 406 -> "Not Acceptable";
            case 411 -> "Length Required";
            case 413 -> dialect == Dialect.CURRENT ? "Payload Too Large" : "Request Entity Too Large";
            case 421 -> "Misdirected Request";
            case 500 -> "Internal Server Error";
            case 502 -> "Bad Gateway";
            case 503 -> "Service Unavailable";
            case 504 -> dialect == Dialect.CURRENT ? "Gateway Timeout" : "Gateway Time-out";
            default -> "Unknown Error";
        };
    }
}
