package org.relayd.compiler.build;

import java.util.List;
import org.relayd.ir.diagnostic.Diagnostic;
import org.relayd.ir.parsed.ParsedConfig;
import org.relayd.ir.source.Span;

/**
 * What reading a configuration gives.
 *
 * @param config
 *            all statements without a fault; faulty ones are missing
 * @param diagnostics
 *            faults and warnings in reading order
 * @param statements
 *            the first words of all statements of the top level, faulty ones too, in reading order
 * @param faultyPreamble
 *            whether a fault stands in front of the first section header. OpenBSD reads a configuration twice, the
 *            first time up to that header, and stops there if it found a fault: nothing after the header is reported,
 *            nor that nothing is configured
 */
public record ParsedSource(ParsedConfig config, List<Diagnostic> diagnostics, List<Span> statements,
        boolean faultyPreamble) {

    /** Copies the lists. */
    public ParsedSource {
        diagnostics = List.copyOf(diagnostics);
        statements = List.copyOf(statements);
    }
}
