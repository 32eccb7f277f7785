/**
 * What the two processes of a daemon say to each other: the worker, which reads the network, and the parent, which has
 * the rights and the keys. The worker asks ({@link org.relayd.runtime.parent.message.Request}) and is answered
 * ({@link org.relayd.runtime.parent.message.Reply}), or says what it has done
 * ({@link org.relayd.runtime.parent.message.Report}); the parent wants something of it
 * ({@link org.relayd.runtime.parent.message.Notice}). All are values: descriptors travel beside the message. How they
 * are written, and what may be asked for, is decided elsewhere.
 */
package org.relayd.runtime.parent.message;
