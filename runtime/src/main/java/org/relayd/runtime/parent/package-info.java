/**
 * The acts that need rights, and who may ask for them.
 *
 * <p>
 * {@link org.relayd.runtime.parent.Rights} is the only door: relays, health checks and the packet filter engine ask
 * there and do not know whether the answer was made in this process, by
 * {@link org.relayd.runtime.parent.local}, or came from a parent process. Requests and answers are values that can be
 * written to a socket, with two exceptions: {@link org.relayd.runtime.parent.OpenSocket.Channel}, a socket of the JDK,
 * which cannot be passed to another process, so that systems without descriptors remain one process; and
 * {@link org.relayd.runtime.platform.Kernel}, whose images and routes are records that nothing writes yet.
 *
 * <p>
 * The control socket and access logs are made by those who use them, and configurations are read by the compiler's
 * Environment; none of them is asked for here yet. Nothing here reads bytes from the network.
 */
package org.relayd.runtime.parent;
