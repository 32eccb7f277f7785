package org.relayd.runtime.pfe;

import org.relayd.ir.config.Redirect;

/** What the engine did to the packet filter. */
public sealed interface FilterEvent {

    /** The hosts of a redirection were set or removed. */
    record TableChanged(Redirect redirect) implements FilterEvent {}

    /** The rules of a redirection were loaded. */
    record RulesLoaded(Redirect redirect) implements FilterEvent {}

    /** The rules of a redirection were removed. */
    record RulesRemoved(Redirect redirect) implements FilterEvent {}
}
