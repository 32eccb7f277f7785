package org.relayd.ir.parsed;

import java.util.List;
import java.util.Optional;
import org.relayd.ir.source.Span;

/**
 * A whole configuration as written, all includes and macros read.
 *
 * @param declarations
 *            global settings and sections in reading order
 * @param macros
 *            all macro definitions in reading order
 * @param marks
 *            constructs of one dialect only, in reading order
 * @param firstSection
 *            the first section header in reading order: globals below it are late; empty if there is no section
 */
public record ParsedConfig(List<Declaration> declarations, List<MacroDefinition> macros, List<DialectMark> marks,
        Optional<Span> firstSection) {

    /** Copies the lists. */
    public ParsedConfig {
        declarations = List.copyOf(declarations);
        macros = List.copyOf(macros);
        marks = List.copyOf(marks);
    }
}
