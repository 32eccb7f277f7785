/**
 * Wires made of plain descriptors on Netty's epoll loops, with system calls through java.lang.foreign: fewer calls for
 * each connection than Netty's channels need, one receive buffer for a whole loop, and the kernel's own copying between
 * sockets.
 *
 * <p>
 * A {@link org.relayd.runtime.relay.wire.linux.LinuxWire} hears its descriptor and its session. What it sends passes
 * its {@link org.relayd.runtime.relay.wire.linux.Outbox}, where it waits if there is no room, and then, as all that is
 * received, its {@link org.relayd.runtime.relay.wire.linux.Layer}, the form that the bytes have on their way: plain, or
 * TLS, for which a {@link org.relayd.runtime.relay.wire.linux.Handshake} hears the wire first.
 *
 * <p>
 * Only this package makes the system calls of relays.
 */
package org.relayd.runtime.relay.wire.linux;
