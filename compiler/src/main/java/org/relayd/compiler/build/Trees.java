package org.relayd.compiler.build;

import org.antlr.v4.runtime.ParserRuleContext;
import org.antlr.v4.runtime.Token;

/** Says that a builder does not know what the grammar allows, which is a mistake in the builder. */
final class Trees {
    private Trees() {}

    static IllegalStateException unknown(ParserRuleContext rule) {
        return new IllegalStateException("no builder for " + rule.getClass().getSimpleName());
    }

    static IllegalStateException unknown(Token word) {
        return new IllegalStateException("no value for the word " + word.getText());
    }
}
