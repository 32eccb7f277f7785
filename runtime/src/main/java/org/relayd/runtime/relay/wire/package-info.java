/**
 * TCP connections of sessions: accept, connect, bytes in and out, on one event loop.
 *
 * <p>
 * {@link org.relayd.runtime.relay.wire.Wire} is what sessions see. {@link org.relayd.runtime.relay.wire.Transport}
 * makes wires; the portable one is built of Netty channels. Nothing here knows what the bytes mean.
 */
package org.relayd.runtime.relay.wire;
