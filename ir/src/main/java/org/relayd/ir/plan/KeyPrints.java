package org.relayd.ir.plan;

import java.util.Map;
import java.util.Optional;
import org.relayd.ir.config.RelayId;

/**
 * What stands in the files of certificates and keys that relays speak TLS with, so far as it can be compared.
 *
 * @param byRelay
 *            a digest of all files of each relay that has some
 */
public record KeyPrints(Map<RelayId, String> byRelay) {

    /** Copies the map. */
    public KeyPrints {
        byRelay = Map.copyOf(byRelay);
    }

    /** Returns those of relays without TLS. */
    public static KeyPrints none() {
        return new KeyPrints(Map.of());
    }

    /** Returns that of a relay; empty if it has no such files. */
    public Optional<String> of(RelayId relay) {
        return Optional.ofNullable(byRelay.get(relay));
    }
}
