/**
 * The line over a pair of Unix stream sockets of Linux, with descriptors as SCM_RIGHTS; unix(7). A frame is the count
 * of its octets, in four of them, and then those. Its descriptor comes with the first octet.
 *
 * <p>
 * The other end may be anybody's: nothing is allocated beyond the limits of its frames, and what does not fit ends the
 * line. Where no descriptors are expected none is let into the process. An end that says nothing, or half a frame, is
 * waited for; whoever watches over the other process closes the line. No Netty: the parent does without it.
 */
package org.relayd.runtime.parent.link.linux;
