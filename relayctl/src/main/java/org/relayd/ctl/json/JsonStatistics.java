package org.relayd.ctl.json;

import java.util.Optional;
import org.relayd.ir.control.ControlReply.Rates;
import org.relayd.ir.control.ControlReply.Statistics;
import org.relayd.ir.json.JsonWriter;

/** Counts of sessions as JSON. relayctl(8): JSON. */
final class JsonStatistics {
    private JsonStatistics() {}

    /** Writes the object of the counts, or null without them. */
    static JsonWriter write(JsonWriter json, Optional<Statistics> counts) {
        return counts.isPresent() ? write(json, counts.get()) : json.nothing();
    }

    private static JsonWriter write(JsonWriter json, Statistics counts) {
        return switch (counts) {
            case Statistics(long total, int seconds, Rates last, Rates average) -> {
                json.beginObject().member("total", total).member("intervalSeconds", seconds);
                write(json.name("last"), last);
                yield write(json.name("average"), average).endObject();
            }
        };
    }

    private static JsonWriter write(JsonWriter json, Rates rates) {
        return switch (rates) {
            case Rates(long interval, long hour, long day) -> json.beginObject().member("interval", interval)
                    .member("hour", hour).member("day", day).endObject();
        };
    }
}
