/**
 * The parent of the two processes: it keeps the rights, reads the configuration, holds what the worker asks for against
 * it, and replaces a worker that dies. relayd(8): PROCESSES.
 *
 * <p>
 * {@link org.relayd.main.parent.ParentDaemon} reads top to bottom. After the start one thread does everything, one
 * {@link org.relayd.main.parent.Event} after the other; what blocks, a pipe, the line, the end of a process, has a
 * thread of its own that turns it into events. No class of a role, of HTTP or of Netty's network code is used here.
 */
package org.relayd.main.parent;
