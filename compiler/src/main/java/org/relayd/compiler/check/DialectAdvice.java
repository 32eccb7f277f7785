package org.relayd.compiler.check;

import java.util.List;
import java.util.Optional;
import org.relayd.ir.diagnostic.Diagnostic;
import org.relayd.ir.parsed.DialectMark;
import org.relayd.ir.parsed.ParsedConfig;
import org.relayd.ir.term.Dialect;

/** What can be said about the dialects of a file that was read without choosing one. */
public final class DialectAdvice {
    private DialectAdvice() {}

    /** Returns a warning if a file has statements of both dialects. */
    public static List<Diagnostic> of(ParsedConfig config) {
        Optional<DialectMark> old = first(config, Dialect.V5_1);
        Optional<DialectMark> current = first(config, Dialect.CURRENT);
        return old.isPresent() && current.isPresent()
                ? List.of(GlobalErrors.mixedDialects(current.get(), old.get())) : List.of();
    }

    private static Optional<DialectMark> first(ParsedConfig config, Dialect dialect) {
        return config.marks().stream().filter(mark -> mark.dialect() == dialect)
                .findFirst();
    }
}
