package org.relayd.runtime;

/**
 * Hears of health events: the packet filter, the routes, the control socket's monitors. Called on the engine thread of
 * the health checks, one event after the other in the order in which they happened, so an implementation must return
 * soon and hand long work to a thread of its own.
 */
@FunctionalInterface
public interface HealthListener {

    /** Takes notice of one event. */
    void on(HealthEvent event);
}
