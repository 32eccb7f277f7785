/**
 * Rights that another process uses for this one: the worker's side of the door. Each request is a message to the
 * parent; what it may ask for is the parent's to decide.
 */
package org.relayd.runtime.parent.remote;
