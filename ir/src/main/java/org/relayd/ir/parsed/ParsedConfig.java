package org.relayd.ir.parsed;

import java.util.List;
import java.util.Optional;
import org.relayd.ir.source.Span;
import org.relayd.ir.term.Dialect;

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
 * @param lost
 *            names of the sections that are missing because they have faults
 */
public record ParsedConfig(List<Declaration> declarations, List<MacroDefinition> macros, List<DialectMark> marks,
        Optional<Span> firstSection, LostNames lost) {

    /** Copies the lists. */
    public ParsedConfig {
        declarations = List.copyOf(declarations);
        macros = List.copyOf(macros);
        marks = List.copyOf(marks);
    }

    /**
     * Returns the dialect that the whole configuration is read as: the one chosen, else the current dialect as soon as
     * one construct belongs to it alone, else 5.1 as soon as one belongs to that alone, else the current one.
     *
     * @param chosen
     *            what the user asked for with {@code --dialect}
     */
    public Dialect dialect(Optional<Dialect> chosen) {
        if (chosen.isPresent()) {
            return chosen.get();
        }
        boolean old = false;
        for (DialectMark mark : marks) {
            if (mark.dialect() == Dialect.CURRENT) {
                return Dialect.CURRENT;
            }
            old = true;
        }
        return old ? Dialect.V5_1 : Dialect.CURRENT;
    }
}
