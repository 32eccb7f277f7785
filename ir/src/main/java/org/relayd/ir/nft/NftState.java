package org.relayd.ir.nft;

import java.util.List;
import java.util.Map;
import org.relayd.ir.config.RedirectId;

/**
 * What changes while the daemon runs.
 *
 * @param slots
 *            those of each redirection that is not down
 */
public record NftState(Map<RedirectId, NftSlots> slots) {

    /** Copies the map. */
    public NftState {
        slots = Map.copyOf(slots);
    }

    /** Returns the slots of a redirection, which is down if none of them is dealt. */
    public NftSlots of(RedirectId redirect) {
        return slots.getOrDefault(redirect, new NftSlots(List.of(), 0));
    }
}
