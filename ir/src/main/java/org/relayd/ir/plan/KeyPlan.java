package org.relayd.ir.plan;

import java.util.List;
import java.util.Optional;
import org.relayd.ir.config.RelayId;

/**
 * Certificates and private keys of relays that speak TLS with clients. The keys are read by the parent only.
 *
 * @param pairs
 *            in order of relays, then of keypair lines
 */
public record KeyPlan(List<KeyFiles> pairs) {

    /** Copies the list. */
    public KeyPlan {
        pairs = List.copyOf(pairs);
    }

    /**
     * Files of one key pair. relayd.conf(5): FILES.
     *
     * @param relay
     *            the relay that uses it
     * @param certificate
     *            PEM file of the certificate chain
     * @param key
     *            PEM file of the private key
     * @param ocsp
     *            DER file of a stapled OCSP response, if there is one
     */
    public record KeyFiles(RelayId relay, String certificate, String key, Optional<String> ocsp) {}
}
