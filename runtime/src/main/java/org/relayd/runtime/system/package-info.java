/**
 * What the operating system says about calls that fail, as values: the number and the words of errno(2). The number is
 * taken where it is, whoever made the call; code compares names and never words, which are only ever shown.
 *
 * <p>
 * Nothing here makes a call. How calls are made, and why, is said once, in {@link org.relayd.runtime.system.linux}.
 */
package org.relayd.runtime.system;
