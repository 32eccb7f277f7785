/**
 * A form of bytes that stands in for TLS in tests: other bytes, other lengths, a sign of the end.
 *
 * <p>
 * A frame is its kind, the length of its content in two octets, the content with each octet
 * changed, and a closing octet.
 */
package org.relayd.runtime.relay.frame;
