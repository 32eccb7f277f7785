package org.relayd.compiler.build;

import org.antlr.v4.runtime.ParserRuleContext;

/** Says that a builder does not know an alternative of the grammar, which is a mistake in the builder. */
final class Trees {
    private Trees() {}

    static IllegalStateException unknown(ParserRuleContext rule) {
        return new IllegalStateException("no builder for " + rule.getClass().getSimpleName());
    }
}
