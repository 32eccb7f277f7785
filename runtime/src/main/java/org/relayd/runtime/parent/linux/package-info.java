/**
 * What the parent asks of a Linux kernel that the JDK does not offer. No classes of Netty: the parent process has none.
 */
package org.relayd.runtime.parent.linux;
