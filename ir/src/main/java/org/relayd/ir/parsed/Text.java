package org.relayd.ir.parsed;

import org.relayd.ir.source.Span;

/**
 * A string as written, quotes and backslashes resolved.
 *
 * @param value
 *            the string; may be empty
 * @param span
 *            where it stands
 */
public record Text(String value, Span span) {}
