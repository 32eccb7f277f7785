package org.relayd.runtime.pfe;

/** Hears what the engine did to the packet filter. Called on the thread of the engine; must return soon. */
@FunctionalInterface
public interface FilterListener {

    /** Takes notice of one event. */
    void on(FilterEvent event);
}
