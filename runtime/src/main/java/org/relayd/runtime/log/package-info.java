/**
 * Where log lines go: standard error in the foreground, the system's log in the background, the parent process where
 * there is one.
 *
 * <p>
 * Lines are text without time stamp, level or prefix in the foreground, one write for each, as the original writes
 * them; tools wait for their words. A thread of its own does the writing, so that no event loop waits for a terminal.
 */
package org.relayd.runtime.log;
