package org.relayd.main.daemon;

import java.time.Duration;

/**
 * Sessions per interval, hour and day of one relay or redirection, as relayctl(8) shows them: the count of the last
 * span and a running mean, which halves the weight of the past with each span. Not for several threads.
 */
public final class SessionRates {
    /** Length of the statistics interval: counts are taken this often. */
    public static final Duration INTERVAL = Duration.ofSeconds(60);
    private static final long HOUR = Duration.ofHours(1).toSeconds() / INTERVAL.toSeconds();
    private static final long DAY = Duration.ofDays(1).toSeconds() / INTERVAL.toSeconds();

    private final Span interval = new Span(1);
    private final Span hour = new Span(HOUR);
    private final Span day = new Span(DAY);
    private long seen;

    /**
     * Takes in the count at the end of a statistics interval.
     *
     * @param total
     *            sessions since the start; less than before if counting began anew, as after a reload
     */
    public void tick(long total) {
        long more = total < seen ? total : total - seen;
        seen = total;
        interval.add(more);
        hour.add(more);
        day.add(more);
    }

    /** Returns the sessions of the last statistics interval. */
    public long lastInterval() {
        return interval.last;
    }

    /** Returns the sessions of the last hour, within the first hour of those so far. */
    public long lastHour() {
        return hour.last();
    }

    /** Returns the sessions of the last day, within the first day of those so far. */
    public long lastDay() {
        return day.last();
    }

    /** Returns the mean number of sessions in a statistics interval. */
    public long averageInterval() {
        return interval.average;
    }

    /** Returns the mean number of sessions in an hour. */
    public long averageHour() {
        return hour.average;
    }

    /** Returns the mean number of sessions in a day. */
    public long averageDay() {
        return day.average;
    }

    /** Counts over a span of so many intervals. */
    private static final class Span {
        private final long length;
        private long ticks;
        private long current;
        private long last;
        private long average;

        Span(long length) {
            this.length = length;
        }

        void add(long more) {
            current += more;
            ticks++;
            if (ticks % length == 0) {
                last = current;
                average = ticks == length ? last : (average + last) / 2;
                current = 0;
            }
        }

        long last() {
            return ticks < length ? current : last;
        }
    }
}
