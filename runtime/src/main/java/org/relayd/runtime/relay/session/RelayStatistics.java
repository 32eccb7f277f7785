package org.relayd.runtime.relay.session;

import org.relayd.ir.config.RelayId;

/**
 * Counters of one relay.
 *
 * @param relay
 *            the relay
 * @param sessions
 *            sessions accepted since the relay started; never shrinks
 * @param active
 *            sessions open now
 */
public record RelayStatistics(RelayId relay, long sessions, int active) {}
