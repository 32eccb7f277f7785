package org.relayd.runtime.relay.session;

/** The clock of an event loop: good for durations only. */
@FunctionalInterface
public interface Ticker {

    /** Returns the nanoseconds since some fixed moment; never goes back. */
    long nanos();
}
