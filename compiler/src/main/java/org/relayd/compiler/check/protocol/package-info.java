/**
 * Protocols: TCP, TLS and HTTP settings, actions of dialect 5.1, filter rules of the current dialect. relayd.conf(5):
 * PROTOCOLS, FILTER RULES.
 */
package org.relayd.compiler.check.protocol;
