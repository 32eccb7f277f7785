/** What every Unix has: the system's log and sessions of processes. */
package org.relayd.runtime.platform.posix;
