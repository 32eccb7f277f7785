/**
 * Relays: sessions between a client and a target, from accept to the session line.
 *
 * <p>
 * {@link org.relayd.runtime.relay.RelayEngine} executes a {@link org.relayd.ir.plan.RelayGraph}. What comes in: a plan slice, the states of the hosts, a log, privileged sockets. What must not come in:
 * the configuration text, the compiler, health checks. Each session lives on one event loop; sessions of different loops share nothing but counters.
 */
package org.relayd.runtime.relay;
