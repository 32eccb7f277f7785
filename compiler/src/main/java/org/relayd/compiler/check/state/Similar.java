package org.relayd.compiler.check.state;

import org.relayd.ir.source.Span;

/**
 * A name that may have been meant.
 *
 * @param name
 *            the name
 * @param definition
 *            where it is defined
 */
public record Similar(String name, Span definition) {}
