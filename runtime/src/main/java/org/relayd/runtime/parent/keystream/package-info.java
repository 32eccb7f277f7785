/**
 * What goes over a key stream, by which the worker has the parent sign handshakes: requests one way, answers the other,
 * in any order, all numbers with the highest octet first. Both sides read them here, so that they agree. No sockets,
 * and no thought about who may ask for what.
 */
package org.relayd.runtime.parent.keystream;
