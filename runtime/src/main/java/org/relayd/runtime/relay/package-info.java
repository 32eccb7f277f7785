/**
 * Relays: sessions between a client and a target, from accept to the session line.
 *
 * <p>
 * {@link org.relayd.runtime.relay.RelayEngine} executes a {@link org.relayd.ir.plan.RelayGraph}. What comes in: a plan
 * slice, the states of the hosts, a log, privileged sockets. What must not come in: the configuration text, the
 * compiler, health checks. Each session lives on one event loop; sessions of different loops share nothing but
 * counters.
 *
 * <p>
 * From top to bottom: this package knows what is spoken on which relay; {@code copy}, {@code http} and {@code udp} are
 * the dialogues; {@code session} is what all of them stand on; {@code select} and {@code wire} know no sessions. No
 * package knows one above it.
 */
package org.relayd.runtime.relay;
