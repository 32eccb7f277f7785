/**
 * Command lines of relayd(8) and relayd-compile(1), and the daemon. The only place where the
 * compiler and the runtime meet.
 */
package org.relayd.main;
