/**
 * The line between the two processes of a daemon: frames in order, with descriptors beside them. No thought about what
 * they mean.
 */
package org.relayd.runtime.parent.link;
