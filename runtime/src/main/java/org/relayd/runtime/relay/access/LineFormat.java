package org.relayd.runtime.relay.access;

import java.time.ZoneId;
import org.relayd.ir.term.AccessLogFormat;

/**
 * Makes a line of an entry. Every octet from the network is escaped, so that no client can write a line or a part of
 * one. One thread.
 */
sealed interface LineFormat permits CombinedFormat, JsonFormat {

    /** Puts one line with its end. */
    void put(AccessEntry entry, LineBuffer line);

    /** Returns the format of that name with times of a zone. */
    static LineFormat of(AccessLogFormat format, ZoneId zone) {
        return switch (format) {
            case COMBINED -> new CombinedFormat(zone);
            case JSON -> new JsonFormat(zone);
        };
    }
}
