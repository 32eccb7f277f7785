package org.relayd.runtime.parent.message;

import java.time.Duration;

/** What the parent wants of the worker. */
public sealed interface Notice {

    /** Reload the file of the start: SIGHUP. */
    record Reload() implements Notice {}

    /** Open access logs anew: SIGUSR1. */
    record Reopen() implements Notice {}

    /**
     * Take no new work, let what is under way end, then end.
     *
     * @param limit
     *            longest time for that; a second notice shortens it
     */
    record Stop(Duration limit) implements Notice {}
}
