/**
 * Patterns of OpenBSD's patterns(7) and shell globs, used by filter rules and health checks. Pure text matching with
 * bounded time and memory; knows nothing of HTTP.
 */
package org.relayd.ir.pattern;
