package org.relayd.ir.parsed;

import org.relayd.ir.source.Span;

/**
 * A number as written; its range is not checked yet.
 *
 * @param value
 *            the number, in the unit of its statement
 * @param span
 *            where it stands
 */
public record Count(long value, Span span) {}
