/**
 * Bodies of HTTP/1.x messages: where they end. Octets are looked at, never kept; what is passed on is told as ranges of
 * the buffer they came in.
 */
package org.relayd.runtime.relay.http.body;
