/**
 * DNS relays: datagrams with new ids between clients and targets (relayd.conf(5): dns protocol).
 *
 * <p>
 * An answer reaches its client only if address, id and question are those of the query (RFC 5452 9.1); everything else
 * is dropped, because anybody can send datagrams.
 */
package org.relayd.runtime.relay.udp;
