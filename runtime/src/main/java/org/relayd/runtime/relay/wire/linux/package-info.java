/**
 * Wires made of plain descriptors on Netty's epoll loops, with system calls through java.lang.foreign: fewer calls for each connection than Netty's channels need, one receive buffer for a whole loop,
 * and the kernel's own copying between sockets.
 *
 * <p>
 * Only this package calls the system for relays. The numbers are those of Linux on x86-64 and AArch64.
 */
package org.relayd.runtime.relay.wire.linux;
