/**
 * From the text of relayd.conf(5) to a plan. Depends on grammar and ir; sockets, native calls and the
 * runtime must not come in.
 */
package org.relayd.compiler;
