/** Runs check scripts, a few at a time. What a script may do is decided by who makes its process. */
package org.relayd.runtime.parent.script;
