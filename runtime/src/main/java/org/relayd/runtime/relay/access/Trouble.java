package org.relayd.runtime.relay.access;

import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import org.relayd.runtime.Log;

/** What goes wrong with an access log, told in the daemon's log once a minute at most. One thread. */
final class Trouble {
    private static final long PAUSE = TimeUnit.MINUTES.toNanos(1);

    private final String name;
    private final Log log;
    private long lost;
    private Optional<String> reason = Optional.empty();
    private OptionalLong told = OptionalLong.empty();

    /**
     * @param name
     *            what lines begin with
     */
    Trouble(String name, Log log) {
        this.name = name;
        this.log = log;
    }

    /** Notes lines that are lost, or none if only something else went wrong. */
    void lost(long lines, String why) {
        lost += lines;
        reason = Optional.of(why);
    }

    /** Tells what there is to tell, unless the last line was less than a minute ago. */
    void tell() {
        long now = System.nanoTime();
        if (told.isEmpty() || now - told.getAsLong() >= PAUSE) {
            told = reason.isPresent() ? OptionalLong.of(now) : told;
            tellRest();
        }
    }

    /** Tells what there is to tell. */
    void tellRest() {
        reason.ifPresent(why -> log.warn(name + ": " + why + (lost == 0 ? "" : ", lines lost: " + lost)));
        reason = Optional.empty();
        lost = 0;
    }
}
