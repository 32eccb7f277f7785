/**
 * Layout of relayd.conf(5) files: {@code relayd-compile fmt}. Works on characters, before macros and includes are read,
 * so that comments, macros and includes stay what they are; knows only where words, strings and comments begin and end.
 */
package org.relayd.compiler.format;
