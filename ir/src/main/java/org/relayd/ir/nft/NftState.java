package org.relayd.ir.nft;

import java.util.List;
import java.util.Map;
import org.relayd.ir.config.HostId;
import org.relayd.ir.config.RedirectId;

/**
 * What changes while the daemon runs.
 *
 * @param slots
 *            for each redirection that is not down the hosts that get new connections, in the order in which they do; a host may
 *            have several slots
 */
public record NftState(Map<RedirectId, List<HostId>> slots) {

    /** Copies the map. */
    public NftState {
        slots = Map.copyOf(slots);
    }

    /** Returns the slots of a redirection, which is down if there are none. */
    public List<HostId> of(RedirectId redirect) {
        return slots.getOrDefault(redirect, List.of());
    }
}
