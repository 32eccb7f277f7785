package org.relayd.ir.parsed;

import org.relayd.ir.source.Span;
import org.relayd.ir.term.Dialect;

/**
 * A construct that only one dialect has; what {@code --dialect auto} decides by.
 *
 * @param dialect
 *            the dialect that has it
 * @param construct
 *            the keyword or words, as a person names them
 * @param span
 *            where it stands
 */
public record DialectMark(Dialect dialect, String construct, Span span) {}
