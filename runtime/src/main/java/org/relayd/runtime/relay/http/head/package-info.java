/**
 * Heads of HTTP/1.x messages: reading them in one pass over a byte array, changing their fields as
 * ranges, writing them again.
 *
 * <p>
 * Strict as RFC 9112 wants a proxy to be: what two parsers could read in two ways is refused, never repaired. Nothing
 * here knows sockets, rules or configuration. One {@link MessageHead} is reused for every message of an event loop, so
 * that reading a head allocates nothing.
 */
package org.relayd.runtime.relay.http.head;
