package org.relayd.runtime.relay.access;

import java.io.ByteArrayOutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.util.Optional;
import org.relayd.ir.net.Port;
import org.relayd.ir.term.AccessLogFormat;
import org.relayd.runtime.relay.select.TargetHost;

/** Entries for tests, and their lines. */
final class Entries {
    /** 22 November 2026, 08:05:09.042 UTC. */
    static final long TIME = 1_795_334_709_042L;

    private Entries() {}

    static byte[] octets(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    /** A request with a well-formed line. */
    static SentRequest request(String method, String target, String host, String referer, String agent) {
        ByteArrayOutputStream parts = new ByteArrayOutputStream();
        parts.writeBytes(octets(method + " " + target + " HTTP/1.1"));
        int line = parts.size();
        parts.writeBytes(octets(host));
        int hostEnd = parts.size();
        parts.writeBytes(octets(referer));
        int refererEnd = parts.size();
        parts.writeBytes(octets(agent));
        return SentRequest.of(parts.toByteArray(), line, hostEnd, refererEnd);
    }

    static AccessEntry entry(SentRequest request) {
        return entry(request, Optional.empty());
    }

    static AccessEntry entry(SentRequest request, Optional<String> text) {
        return new AccessEntry("www", "http", new InetSocketAddress(InetAddress.getLoopbackAddress(), 4711), request,
                TIME, 1_002_003_999L, 200, 7, 1234, TargetHost.none(new Port(0)), text, text, text);
    }

    /** The octets of the line of an entry, its end included, in Central European Time. */
    static String line(AccessLogFormat format, AccessEntry entry) {
        LineBuffer buffer = new LineBuffer();
        LineFormat.of(format, ZoneId.of("Europe/Berlin")).put(entry, buffer);
        return StandardCharsets.ISO_8859_1.decode(buffer.view()).toString();
    }
}
