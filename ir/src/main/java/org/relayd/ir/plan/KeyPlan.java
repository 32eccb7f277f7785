package org.relayd.ir.plan;

import java.util.List;
import org.relayd.ir.config.Relay;
import org.relayd.ir.config.RelayId;

/**
 * Certificates and private keys of relays that speak TLS with clients. The keys are read by the parent only.
 *
 * @param pairs
 *            in order of relays, then of keypair lines
 */
public record KeyPlan(List<RelayKeys> pairs) {

    /** Copies the list. */
    public KeyPlan {
        pairs = List.copyOf(pairs);
    }

    /**
     * A key pair of a relay.
     *
     * @param relay
     *            the relay that uses it
     * @param files
     *            where certificate, key and OCSP response lie
     */
    public record RelayKeys(RelayId relay, Relay.KeyPairFiles files) {}
}
