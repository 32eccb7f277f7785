/**
 * The acts that need rights, and who may ask for them.
 *
 * <p>
 * {@link org.relayd.runtime.parent.Rights} is the only door: relays, health checks, the control socket, access logs and
 * the packet filter engine ask there and do not know whether the answer was made in this process, by
 * {@link org.relayd.runtime.parent.local}, or came from a parent process. Requests and answers are values that can be
 * written to a socket, those to {@link org.relayd.runtime.platform.Kernel} too, with one exception:
 * {@link org.relayd.runtime.parent.OpenSocket.Channel} and {@link org.relayd.runtime.parent.OpenFile.Channel}, which
 * are of the JDK and cannot be passed to another process, so that systems without descriptors remain one process.
 *
 * <p>
 * What outlives the process, in files of {@link org.relayd.runtime.platform.linux.files} and their like on other
 * systems, tells whose a thing in the kernel is: it belongs to the kernel's side of the door and goes where the kernel
 * goes.
 *
 * <p>
 * {@link org.relayd.runtime.parent.ConfigurationRights} stands beside the door: configurations are read, at the start
 * and at each reload, before it is known which kernel the other rights are for. Who reads them is given by the program,
 * since {@code relayd -n} reads the same way without any of this. Nothing here reads bytes from the network.
 */
package org.relayd.runtime.parent;
