package org.relayd.compiler.parse;

import org.antlr.v4.runtime.Parser;
import org.antlr.v4.runtime.RecognitionException;

/** Ends a statement whose words are in order but whose fault was told to the user while it was read. */
final class RefusedStatementException extends RecognitionException {
    private static final long serialVersionUID = 1L;

    RefusedStatementException(Parser parser) {
        super(parser, parser.getInputStream(), parser.getContext());
        setOffendingToken(parser.getInputStream().LT(-1));
    }
}
