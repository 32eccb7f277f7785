/**
 * Access logs: from an exchange of a relay to a line in a file. relayd.conf(5): EXTENSIONS.
 *
 * <p>
 * Event loops hand over what they know of an exchange and never wait: text is made and files are written by one thread
 * for each file, however many relays share it. Nothing of HTTP sessions comes in here.
 */
package org.relayd.runtime.relay.access;
