package org.relayd.runtime.tls;

import java.util.Optional;

/**
 * How targets and checked hosts are spoken with.
 *
 * @param common
 *            what holds for both sides
 * @param servers
 *            who verifies the certificates of servers; empty if nobody does
 * @param resumes
 *            whether sessions are resumed with their targets
 */
public record ClientPolicy(ServerPolicy.CommonPolicy common, Optional<PeerVerifier> servers, boolean resumes) {

    /** Creates the policy of a client that resumes sessions. */
    public ClientPolicy(ServerPolicy.CommonPolicy common, Optional<PeerVerifier> servers) {
        this(common, servers, true);
    }
}
