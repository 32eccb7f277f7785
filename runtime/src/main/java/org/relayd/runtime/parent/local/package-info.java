/**
 * Rights that are used in the process that asks. No thought about who may ask for what; that is for whoever splits the
 * process.
 */
package org.relayd.runtime.parent.local;
