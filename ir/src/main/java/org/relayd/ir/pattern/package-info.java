/** Patterns of OpenBSD's patterns(7), used by filter rules. Pure text matching with bounded time and memory; knows nothing of HTTP. */
package org.relayd.ir.pattern;
