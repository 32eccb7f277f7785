/**
 * What the daemon wants of the operating system's kernel, in typed operations. One package below for each system, and
 * one that writes the operations to a file instead. Only those packages know system calls; the kind of image that the
 * compiler has made chooses between them, once, at the start.
 *
 * <p>
 * Operations name objects of the image by their ids, so that both can be sent to another process.
 */
package org.relayd.runtime.platform;
