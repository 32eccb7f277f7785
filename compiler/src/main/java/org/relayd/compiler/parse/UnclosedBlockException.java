package org.relayd.compiler.parse;

import org.antlr.v4.runtime.InputMismatchException;
import org.antlr.v4.runtime.Parser;

/** Ends a section whose closing brace is missing, at the first word of the next section or at the end of the file. */
final class UnclosedBlockException extends InputMismatchException {
    private static final long serialVersionUID = 1L;

    UnclosedBlockException(Parser parser) {
        super(parser);
    }
}
