package org.relayd.compiler.lint;

import java.util.Optional;
import org.relayd.ir.diagnostic.AdviceCode;
import org.relayd.ir.diagnostic.Diagnostic;
import org.relayd.ir.source.Span;

/**
 * The header fields that tell where a message ends (RFC 9112 6): what is written into them does not happen, because
 * bodies pass as they come.
 */
final class LengthFields {
    private LengthFields() {}

    /** The advice for a rule or action that edits a header. */
    static Optional<Diagnostic> edited(String header, Span span) {
        return header.equalsIgnoreCase("Content-Length") || header.equalsIgnoreCase("Transfer-Encoding")
                ? Optional.of(Diagnostic.at(AdviceCode.NO_EFFECT, span,
                        header + " tells where a message ends and is passed on as it came"))
                : Optional.empty();
    }
}
