/** What the parent asks of a Linux kernel that neither the JDK nor Netty offers. */
package org.relayd.runtime.parent.linux;
