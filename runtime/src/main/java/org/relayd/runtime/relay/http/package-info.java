/**
 * HTTP/1.1: requests go to a target one after the other, answers come back in the same order, rules look at every head.
 *
 * <p>
 * {@link org.relayd.runtime.relay.http.HttpDialogue} is the connection to a client; it holds exchanges. A {@link
 * org.relayd.runtime.relay.http.HttpExchange} is a request and its answer, whose {@link
 * org.relayd.runtime.relay.http.Progress} is the one state of both directions; it knows nothing of other exchanges, and
 * of the client only what its {@link org.relayd.runtime.relay.http.HttpExchange.Client} says. {@link
 * org.relayd.runtime.relay.http.HttpTarget} is the connection to a target.
 *
 * <p>
 * Heads are parsed strictly and written anew ({@code head}), bodies pass untouched and are only measured ({@code
 * body}). What a protocol does to messages is compiled when a relay starts ({@code filter}): {@code rule} for the
 * current dialect, {@code action} for dialect 5.1.
 */
package org.relayd.runtime.relay.http;
