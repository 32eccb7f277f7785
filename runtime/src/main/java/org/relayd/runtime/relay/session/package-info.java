/**
 * Sessions: a client of a relay from accept to its line in the log, and its way to a target.
 *
 * <p>
 * {@link org.relayd.runtime.relay.session.Session} is the client: number, deadline, line, end. A {@link
 * org.relayd.runtime.relay.session.Dialogue} is what is spoken with it; an {@link
 * org.relayd.runtime.relay.session.Opening} makes the first one, which may hand the session to another once it knows
 * what is spoken. A {@link org.relayd.runtime.relay.session.TargetConnection} gets a dialogue to its target. What must
 * not come in: any dialogue, and what bytes mean.
 */
package org.relayd.runtime.relay.session;
