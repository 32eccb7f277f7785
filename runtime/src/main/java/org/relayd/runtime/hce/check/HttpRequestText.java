package org.relayd.runtime.hce.check;

import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** The request of an HTTP check. relayd.conf(5): TABLES, {@code check http}. */
final class HttpRequestText {
    private HttpRequestText() {}

    /**
     * Returns the bytes of a request: HTTP/1.0 without header lines, or HTTP/1.1 with the given Host, in either case
     * asking the host to close the connection after its answer.
     *
     * @param method
     *            HEAD or GET
     */
    static byte[] of(String method, String path, Optional<String> host) {
        String text = host
                .map(name -> method + " " + path + " HTTP/1.1\r\nHost: " + name + "\r\nConnection: close\r\n\r\n")
                .orElse(method + " " + path + " HTTP/1.0\r\n\r\n");
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
