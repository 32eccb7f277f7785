/**
 * HTTP/1.1 sessions: requests go to a target one after the other, answers come back in the same order, rules look at every head.
 *
 * <p>
 * Heads are parsed strictly and written anew ({@code head}), bodies pass untouched and are only measured ({@code body}), rules are compiled when a relay starts ({@code rule} for the current dialect,
 * {@code action} for dialect 5.1).
 */
package org.relayd.runtime.relay.http;
