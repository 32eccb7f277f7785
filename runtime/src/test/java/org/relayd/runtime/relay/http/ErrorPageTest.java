package org.relayd.runtime.relay.http;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.relayd.ir.config.Protocol.ErrorPages;
import org.relayd.ir.term.Dialect;

class ErrorPageTest {
    private static final Instant NOW = Instant.parse("2026-11-21T20:24:52Z");

    private static String page(Dialect dialect, Optional<String> style, int status, String reason,
            Optional<String> label) {
        byte[] octets = new ErrorPage(dialect, new ErrorPages(style), "127.0.0.1 port 8080", () -> NOW).of(status,
                reason, label);
        return new String(octets, StandardCharsets.UTF_8);
    }

    @Test
    void currentPageHasEveryOctetOfTheOriginal() {
        String body = """
                <!DOCTYPE html>
                <html>
                <head>
                <title>403 Forbidden</title>
                <style type="text/css"><!--
                body { background-color: #a00000; color: white; font-family: 'Comic Sans MS', 'Chalkboard SE', 'Comic Neue', sans-serif; }
                hr { border: 0; border-bottom: 1px dashed; }
                --></style>
                </head>
                <body>
                <h1>Forbidden</h1>
                <div id='m'>Forbidden</div>
                <div id='l'>a <b>label</b></div>
                <hr><address>OpenBSD relayd at 127.0.0.1 port 8080</address>
                </body>
                </html>
                """;
        String head = "HTTP/1.0 403 Forbidden\r\nDate: Sat, 21 Nov 2026 20:24:52 GMT\r\nServer: OpenBSD relayd\r\nConnection: close\r\nContent-Type: text/html\r\nContent-Length: "
                + body.length() + "\r\n\r\n";
        assertEquals(head + body,
                page(Dialect.CURRENT, Optional.empty(), 403, "Forbidden", Optional.of("a <b>label</b>")));
    }

    @Test
    void styleIsReplacedAndTheReasonOf500IsNotShown() {
        String page = page(Dialect.CURRENT, Optional.of("body { color: red; }"), 500, "secret", Optional.empty());
        assertEquals(true, page.contains("<!--\nbody { color: red; }\n--></style>"));
        assertEquals(true, page.contains("<div id='m'></div>\n<div id='l'></div>"));
        assertEquals(false, page.contains("secret"));
    }

    @Test
    void olderPageHasNoLengthAndTheOldNames() {
        String page = page(Dialect.V5_1, Optional.empty(), 413, "too large", Optional.empty());
        assertEquals(true, page.startsWith("HTTP/1.0 413 Request Entity Too Large\r\nDate: Sat Nov 21 "));
        assertEquals(true, page.contains(
                "Content-Type: text/html\r\n\r\n<!DOCTYPE HTML PUBLIC \"-//W3C//DTD HTML 4.01 Transitional//EN\">\n<html>\n"));
        assertEquals(true, page.contains("<!--\nbody { background-color: #a00000; color: white; }\n--></style>"));
    }
}
