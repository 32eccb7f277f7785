/**
 * Files below /run by which daemons on Linux know of each other: which of them have something in the kernel, and by how
 * much each demotes a group. They outlive a process that is killed, and not the machine. Nothing here asks the kernel
 * for more than who runs.
 */
package org.relayd.runtime.platform.linux.files;
