package org.relayd.runtime.tls.jdk;

import java.nio.charset.StandardCharsets;
import java.util.Set;

/** How requests of HTTP begin, which no hello does. */
final class PlainHttp {
    /** Bytes that it takes to say. */
    static final int ENOUGH = 5;
    private static final Set<String> METHODS = Set.of("GET /", "HEAD ", "POST ", "PUT /", "CONNE", "OPTIO", "DELET",
            "TRACE", "PATCH");

    private PlainHttp() {}

    /** Returns whether the first {@link #ENOUGH} bytes of a client are those of HTTP. */
    static boolean begins(Records records) {
        byte[] first = new byte[ENOUGH];
        for (int at = 0; at < ENOUGH; at++) {
            first[at] = records.peek(at);
        }
        return METHODS.contains(new String(first, StandardCharsets.ISO_8859_1));
    }
}
