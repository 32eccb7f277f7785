/**
 * The acts that need privileges, and who may ask for them.
 *
 * <p>
 * {@link org.relayd.runtime.parent.Privileged} is the only door: whoever needs a bound socket asks there and does not
 * know whether the answer was made in this process or came as a descriptor from a parent process. Nothing here reads
 * bytes from the network.
 */
package org.relayd.runtime.parent;
