package org.relayd.ir.parsed;

import java.util.Optional;
import org.relayd.ir.source.Span;

/**
 * A macro that the file or the command line defines.
 *
 * @param name
 *            its name
 * @param value
 *            its text, to be read again at each use
 * @param span
 *            the definition in the file; empty for {@code -D}
 * @param uses
 *            how often it was used below
 */
public record MacroDefinition(String name, String value, Optional<Span> span, int uses) {}
