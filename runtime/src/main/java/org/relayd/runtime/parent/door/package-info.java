/**
 * The parent's side of the door: what the worker asks for is held against the plans that the parent has compiled, and
 * carried out or refused. Nothing of a role, of Netty or of HTTP comes in.
 */
package org.relayd.runtime.parent.door;
