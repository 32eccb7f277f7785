package org.relayd.compiler.parse;

import java.util.Optional;
import org.antlr.v4.runtime.Parser;
import org.antlr.v4.runtime.RecognitionException;
import org.relayd.compiler.source.SourceToken;
import org.relayd.grammar.RelaydLexer;
import org.relayd.ir.diagnostic.Diagnostic;
import org.relayd.ir.diagnostic.ProtocolCode;
import org.relayd.ir.diagnostic.SyntaxCode;
import org.relayd.ir.diagnostic.TableCode;

/** The messages about statements; first lines are the original's. */
final class SyntaxErrors {
    private SyntaxErrors() {}

    static Diagnostic syntaxError(Parser parser, RecognitionException fault, SourceToken offending) {
        if (offending.getType() == RelaydLexer.REFUSED) {
            return Diagnostic.at(SyntaxCode.AFTER_FAULT, offending.span(), "syntax error");
        }
        return Diagnostic.at(SyntaxCode.SYNTAX_ERROR, offending.span(), "syntax error");
    }

    /** Returns the fault of a word behind {@code check}, if it is one. */
    static Optional<Diagnostic> checkType(SourceToken word) {
        String type = word.getText();
        if (type.equals("http") || type.equals("https")) {
            return Optional.empty();
        }
        return Optional.of(Diagnostic.at(TableCode.INVALID_CHECK_TYPE, word.span(), "invalid check type: " + type));
    }

    /** Returns the fault of a word in front of {@code protocol}, if it is one. */
    static Optional<Diagnostic> protocolType(SourceToken word) {
        String type = word.getText();
        if (type.equals("tcp") || type.equals("http") || type.equals("dns")) {
            return Optional.empty();
        }
        return Optional
                .of(Diagnostic.at(ProtocolCode.INVALID_PROTOCOL_TYPE, word.span(), "invalid protocol type: " + type));
    }
}
