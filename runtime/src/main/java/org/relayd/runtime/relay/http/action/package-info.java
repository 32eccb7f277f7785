/**
 * The protocol actions of dialect 5.1 (relayd.conf(5) of OpenBSD 5.1: PROTOCOLS), evaluated in the order of the
 * message: each action is looked at when its entity passes by.
 */
package org.relayd.runtime.relay.http.action;
