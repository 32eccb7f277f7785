package org.relayd.ir.diagnostic;

import org.relayd.ir.source.Span;

/**
 * A second place that explains a diagnostic, such as the first definition of a name that is defined twice.
 *
 * @param span
 *            the place
 * @param text
 *            what is there: lower case, no full stop
 */
public record Label(Span span, String text) {}
