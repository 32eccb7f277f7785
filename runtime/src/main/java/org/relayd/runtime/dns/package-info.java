/**
 * Messages of the domain name system (RFC 1035), for every role that reads or writes them. Sockets and what relayd
 * makes of an answer stay outside.
 */
package org.relayd.runtime.dns;
