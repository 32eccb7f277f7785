package org.relayd.runtime.relay.http;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;
import org.relayd.ir.config.Protocol.ErrorPages;
import org.relayd.ir.term.Dialect;

/**
 * The page that answers a refused request when the protocol says {@code return error}; bytes as the original writes
 * them, in the form of either dialect. Immutable; any thread.
 */
public final class ErrorPage {
    private static final String STYLE = """
            body { background-color: #a00000; color: white; font-family: 'Comic Sans MS', 'Chalkboard SE', 'Comic Neue', sans-serif; }
            hr { border: 0; border-bottom: 1px dashed; }""";
    private static final String STYLE_5_1 = "body { background-color: #a00000; color: white; }";
    private static final String DOCTYPE = "<!DOCTYPE html>";
    private static final String DOCTYPE_5_1 = "<!DOCTYPE HTML PUBLIC \"-//W3C//DTD HTML 4.01 Transitional//EN\">";
    private static final DateTimeFormatter HTTP_DATE = DateTimeFormatter
            .ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ROOT).withZone(ZoneOffset.UTC);
    private static final DateTimeFormatter C_DATE = DateTimeFormatter
            .ofPattern("EEE MMM ppd HH:mm:ss yyyy", Locale.ROOT).withZone(ZoneId.systemDefault());

    private final Dialect dialect;
    private final String style;
    private final String address;
    private final InstantSource clock;

    /**
     * Creates the pages of a relay.
     *
     * @param address
     *            listen address and port in the words of the page's last line, e.g. {@code 192.0.2.1 port 80}
     */
    public ErrorPage(Dialect dialect, ErrorPages settings, String address, InstantSource clock) {
        this.dialect = dialect;
        this.address = address;
        this.clock = clock;
        style = settings.style().orElse(dialect == Dialect.CURRENT ? STYLE : STYLE_5_1);
    }

    /**
     * Makes the page.
     *
     * @param reason
     *            why; not shown for status 500
     * @param label
     *            label in force, shown as it is
     */
    public byte[] of(int status, String reason, Optional<String> label) {
        String name = StatusNames.of(status, dialect);
        byte[] body = body(status, name, status == 500 ? "" : reason, label.orElse(""))
                .getBytes(StandardCharsets.UTF_8);
        ByteArrayOutputStream page = new ByteArrayOutputStream();
        page.writeBytes(head(status, name, body.length).getBytes(StandardCharsets.UTF_8));
        page.writeBytes(body);
        return page.toByteArray();
    }

    /** Returns the number of octets of a page's head: all that an answer to HEAD has of it. */
    static int headLength(byte[] page) {
        int at = 3;
        while (page[at - 3] != '\r' || page[at - 2] != '\n' || page[at - 1] != '\r' || page[at] != '\n') {
            at++;
        }
        return at + 1;
    }

    /** Returns the number of octets of a page after its head. */
    static int bodyLength(byte[] page) {
        return page.length - headLength(page);
    }

    private String head(int status, String name, int length) {
        // 5.1 wrote HTTP/1.x, which no version is and many clients refuse.
        String line = "HTTP/1.0 " + status + " " + name;
        return switch (dialect) {
            case CURRENT -> line + "\r\nDate: " + HTTP_DATE.format(clock.instant())
                    + "\r\nServer: OpenBSD relayd\r\nConnection: close\r\nContent-Type: text/html\r\nContent-Length: "
                    + length + "\r\n\r\n";
            case V5_1 -> line + "\r\nDate: " + C_DATE.format(clock.instant())
                    + "\r\nServer: OpenBSD relayd\r\nConnection: close\r\nContent-Type: text/html\r\n\r\n";
        };
    }

    private String body(int status, String name, String text, String label) {
        String doctype = dialect == Dialect.CURRENT ? DOCTYPE : DOCTYPE_5_1;
        return doctype + "\n<html>\n<head>\n<title>" + status + " " + name + "</title>\n<style type=\"text/css\"><!--\n"
                + style + "\n--></style>\n</head>\n<body>\n<h1>" + name
                + "</h1>\n<div id='m'>" + text + "</div>\n<div id='l'>" + label
                + "</div>\n<hr><address>OpenBSD relayd at " + address + "</address>\n</body>\n</html>\n";
    }
}
