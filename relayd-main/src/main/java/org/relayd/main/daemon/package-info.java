/**
 * The daemon: from a plan to running roles, and back to nothing when it ends.
 *
 * <p>
 * {@link org.relayd.main.daemon.Daemon} reads top to bottom: compile, start the roles,
 * serve signals and relayctl(8), stop the roles. Everything that the roles tell each other passes through here or
 * through the interfaces of {@code org.relayd.runtime}; no role knows another.
 */
package org.relayd.main.daemon;
