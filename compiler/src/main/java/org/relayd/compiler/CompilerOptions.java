package org.relayd.compiler;

import java.util.List;
import java.util.Optional;
import org.relayd.compiler.check.state.ExtensionPolicy;
import org.relayd.ir.term.Dialect;

/**
 * What the user chose beside the file.
 *
 * @param dialect
 *            {@code --dialect}; empty to tell the dialect from the words of the file
 * @param macros
 *            arguments of {@code -D}, {@code name=value}, in the order of the command line; the first one of a name
 *            wins, and wins over the file
 * @param extensions
 *            whether extensions can be used; {@code --strict-compat} refuses them
 */
public record CompilerOptions(Optional<Dialect> dialect, List<String> macros, ExtensionPolicy extensions) {

    /** Copies the list. */
    public CompilerOptions {
        macros = List.copyOf(macros);
    }

    /** Returns the options of a command line without options. */
    public static CompilerOptions defaults() {
        return new CompilerOptions(Optional.empty(), List.of(), ExtensionPolicy.OPT_IN);
    }
}
