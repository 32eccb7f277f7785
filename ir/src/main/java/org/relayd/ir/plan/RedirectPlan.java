package org.relayd.ir.plan;

import java.util.List;
import org.relayd.ir.config.Redirect;

/**
 * What the packet filter is kept in step with.
 *
 * @param redirects
 *            in order of their ids; disabled ones too: relayctl(8) may enable them
 * @param diverts
 *            whether a relay speaks for addresses of other machines, as {@code transparent forward} and
 *            {@code forward to destination} of relayd.conf(5) do, so that packets for them must be brought to this
 *            machine's sockets
 */
public record RedirectPlan(List<Redirect> redirects, boolean diverts) {

    /** Copies the list. */
    public RedirectPlan {
        redirects = List.copyOf(redirects);
    }

    /** Returns a plan without redirections. */
    public static RedirectPlan nothing() {
        return new RedirectPlan(List.of(), false);
    }

    /** Returns whether the packet filter has nothing to do. */
    public boolean isEmpty() {
        return redirects.isEmpty() && !diverts;
    }
}
