/**
 * What the daemon wants of the operating system's kernel, in typed operations. One package below for each system, and one that writes
 * the operations to a file instead. Only those packages know system calls; the choice between them is made once, at the start.
 *
 * <p>
 * Operations name objects of the plan by their ids, so that they can be sent to another process that has the same plan.
 */
package org.relayd.runtime.platform;
