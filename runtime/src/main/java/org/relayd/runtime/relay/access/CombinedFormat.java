package org.relayd.runtime.relay.access;

import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.relayd.ir.net.IpAddress;

/**
 * The combined log format: {@code client - - [time] "request line" status octets "referer" "user agent"}. Apache HTTP
 * Server, mod_log_config; escaped as nginx does it: the octets {@code "} and {@code \}, controls and whatever is not
 * ASCII are written as {@code \xHH}.
 */
final class CombinedFormat implements LineFormat {
    private static final String MISSING = "\"-\"";

    private final SecondText times;

    CombinedFormat(ZoneId zone) {
        times = new SecondText(DateTimeFormatter.ofPattern("dd/MMM/yyyy:HH:mm:ss xx", Locale.ROOT).withZone(zone));
    }

    @Override
    public void put(AccessEntry entry, LineBuffer line) {
        SentRequest request = entry.request();
        line.put(IpAddress.of(entry.client().getAddress()).toString()).put(" - - [").put(times.of(entry.time()))
                .put("] ");
        quoted(request.octets(), 0, request.lineEnd(), line);
        line.octet(' ').padded(entry.status(), 3).octet(' ').number(entry.responseOctets()).octet(' ');
        quoted(request.octets(), request.hostEnd(), request.refererEnd(), line);
        line.octet(' ');
        quoted(request.octets(), request.refererEnd(), request.octets().length, line);
        line.octet('\n');
    }

    private static void quoted(byte[] octets, int from, int to, LineBuffer line) {
        if (from == to) {
            line.put(MISSING);
            return;
        }
        line.octet('"');
        for (int at = from; at < to; at++) {
            byte octet = octets[at];
            if (octet < ' ' || octet == '"' || octet == '\\' || octet == 0x7f) {
                line.put("\\x").hex(octet);
            } else {
                line.octet(octet);
            }
        }
        line.octet('"');
    }
}
