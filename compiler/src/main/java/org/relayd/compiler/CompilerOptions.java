package org.relayd.compiler;

import java.util.List;
import java.util.Optional;
import org.relayd.ir.parsed.MacroDefinition;
import org.relayd.ir.term.Dialect;

/**
 * What the user chose beside the file.
 *
 * @param dialect
 *            {@code --dialect}; empty to tell the dialect from the words of the file
 * @param macros
 *            {@code -D name=value} in the order of the command line; the first one of a name wins, and wins over the file
 */
public record CompilerOptions(Optional<Dialect> dialect, List<MacroDefinition> macros) {

    /** Copies the list. */
    public CompilerOptions {
        macros = List.copyOf(macros);
    }

    /** Returns the options of a command line without options. */
    public static CompilerOptions defaults() {
        return new CompilerOptions(Optional.empty(), List.of());
    }
}
