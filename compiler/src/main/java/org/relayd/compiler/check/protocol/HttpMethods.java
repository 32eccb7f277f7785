package org.relayd.compiler.check.protocol;

import java.util.Locale;
import java.util.Set;

/**
 * The request methods that rules can name: RFC 9110, WebDAV and its relatives. relayd.conf(5):
 * FILTER RULES, {@code method}.
 */
final class HttpMethods {
    private static final Set<String> KNOWN = Set.of("GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS", "TRACE",
            "CONNECT",
            "PROPFIND", "PROPPATCH", "MKCOL", "COPY", "MOVE", "LOCK", "UNLOCK", "VERSION-CONTROL", "REPORT", "CHECKOUT",
            "CHECKIN", "UNCHECKOUT", "MKWORKSPACE", "UPDATE", "LABEL", "MERGE", "BASELINE-CONTROL", "MKACTIVITY",
            "ORDERPATCH", "ACL", "MKREDIRECTREF", "UPDATEREDIRECTREF", "SEARCH", "PATCH", "MKCALENDAR");

    private HttpMethods() {}

    static boolean isKnown(String method) {
        return KNOWN.contains(method);
    }

    /** Returns whether only the case of a method is wrong. */
    static boolean isKnownInUpperCase(String method) {
        return KNOWN.contains(method.toUpperCase(Locale.ROOT));
    }
}
