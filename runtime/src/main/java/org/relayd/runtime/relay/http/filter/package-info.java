/**
 * What a protocol of relayd.conf(5) does to messages, whether it is written as rules or as actions of dialect 5.1. What
 * must not come in: connections and sessions.
 */
package org.relayd.runtime.relay.http.filter;
