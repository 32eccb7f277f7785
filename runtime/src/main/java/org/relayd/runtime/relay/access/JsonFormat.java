package org.relayd.runtime.relay.access;

import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;
import org.relayd.ir.net.IpAddress;
import org.relayd.ir.net.IpFamily;
import org.relayd.runtime.relay.select.TargetHost;

/**
 * A JSON object (RFC 8259) for each exchange, always with the same members in the same order; relayd.conf(5),
 * EXTENSIONS, has the list. Texts from the network are read as UTF-8; what is none becomes U+FFFD.
 */
final class JsonFormat implements LineFormat {
    private static final long MICROS = 1_000;
    private static final long SECONDS = 1_000_000;
    private static final long MILLIS = 1_000;

    private final SecondText times;
    private final SecondText zones;

    JsonFormat(ZoneId zone) {
        times = new SecondText(DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss", Locale.ROOT).withZone(zone));
        zones = new SecondText(DateTimeFormatter.ofPattern("xxx", Locale.ROOT).withZone(zone));
    }

    @Override
    public void put(AccessEntry entry, LineBuffer line) {
        line.put("{\"time\":\"").put(times.of(entry.time())).octet('.').padded(Math.floorMod(entry.time(), MILLIS), 3)
                .put(zones.of(entry.time())).octet('"');
        text("relay", entry.relay(), line);
        text("protocol", entry.protocol(), line);
        text("client", IpAddress.of(entry.client().getAddress()).toString(), line);
        name("port", line).number(entry.client().getPort());
        request(entry.request(), line);
        name("status", line).number(entry.status());
        name("request_bytes", line).number(entry.requestOctets());
        name("response_bytes", line).number(entry.responseOctets());
        long micros = entry.duration() / MICROS;
        name("duration", line).number(micros / SECONDS).octet('.').padded(micros % SECONDS, 6);
        optional("upstream", upstream(entry.target()), line);
        optional("tag", entry.tag(), line);
        optional("label", entry.label(), line);
        optional("reason", entry.reason(), line);
        line.put("}\n");
    }

    private static void request(SentRequest request, LineBuffer line) {
        byte[] octets = request.octets();
        if (request.isWellFormed()) {
            int method = request.methodEnd();
            int version = request.versionAt();
            octets("method", octets, 0, method, line);
            octets("target", octets, method + 1, version - 1, line);
            octets("version", octets, version, request.lineEnd(), line);
        } else {
            name("method", line).put("null");
            octets("target", octets, 0, request.lineEnd(), line);
            name("version", line).put("null");
        }
        octets("host", octets, request.lineEnd(), request.hostEnd(), line);
        octets("referer", octets, request.hostEnd(), request.refererEnd(), line);
        octets("user_agent", octets, request.refererEnd(), octets.length, line);
    }

    private static Optional<String> upstream(TargetHost target) {
        if (target.state() != TargetHost.State.USABLE) {
            return Optional.empty();
        }
        IpAddress address = IpAddress.of(target.address().getAddress());
        return Optional.of((address.family() == IpFamily.INET6 ? "[" + address + "]" : address.toString()) + ":"
                + target.port());
    }

    private static LineBuffer name(String name, LineBuffer line) {
        return line.put(",\"").put(name).put("\":");
    }

    private static void octets(String name, byte[] octets, int from, int to, LineBuffer line) {
        name(name, line);
        if (from == to) {
            line.put("null");
        } else {
            string(new String(octets, from, to - from, StandardCharsets.UTF_8), line);
        }
    }

    private static void optional(String name, Optional<String> value, LineBuffer line) {
        if (value.isPresent()) {
            text(name, value.get(), line);
        } else {
            name(name, line).put("null");
        }
    }

    private static void text(String name, String value, LineBuffer line) {
        name(name, line);
        string(value, line);
    }

    private static void string(String value, LineBuffer line) {
        line.octet('"');
        for (int at = 0; at < value.length(); at++) {
            char character = value.charAt(at);
            if (character >= ' ' && character < 0x7f && character != '"' && character != '\\') {
                line.octet(character);
            } else {
                // Also what is above ASCII: a terminal or another reader might take it for a
                // control or an end of a line.
                line.put("\\u").hex(character >> 8).hex(character & 0xff);
            }
        }
        line.octet('"');
    }
}
