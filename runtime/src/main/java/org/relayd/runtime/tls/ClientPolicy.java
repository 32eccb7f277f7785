package org.relayd.runtime.tls;

import java.util.Optional;

/**
 * How targets and checked hosts are spoken with.
 *
 * @param common
 *            what holds for both sides
 * @param servers
 *            who verifies the certificates of servers; empty if nobody does
 */
public record ClientPolicy(ServerPolicy.CommonPolicy common, Optional<PeerVerifier> servers) {}
