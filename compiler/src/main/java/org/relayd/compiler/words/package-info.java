/**
 * The words of relayd.conf(5): all that the compiler knows of them and the grammar does not say, in one table. No
 * parser, no messages.
 */
package org.relayd.compiler.words;
