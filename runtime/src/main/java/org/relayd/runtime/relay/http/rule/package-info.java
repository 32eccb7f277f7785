/**
 * The filter rules of the current dialect (relayd.conf(5): FILTER RULES), compiled once and
 * evaluated for each message head.
 *
 * <p>
 * Texts, globs and keys are taken apart when a relay starts; evaluating compares octets of the head and allocates only
 * what an action adds. Nothing here knows connections: what a rule may read or change of its session stands in
 * {@link org.relayd.runtime.relay.http.rule.FilterSession}.
 */
package org.relayd.runtime.relay.http.rule;
