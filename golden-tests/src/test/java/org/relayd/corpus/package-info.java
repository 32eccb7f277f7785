/** Cases that OpenBSD's relayd was given, with what it made of them: ours is compared with each. */
package org.relayd.corpus;
