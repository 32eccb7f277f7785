package org.relayd.compiler.parse;

import static org.relayd.grammar.RelaydParser.*;

import java.util.Optional;
import java.util.Set;
import org.antlr.v4.runtime.ParserRuleContext;
import org.antlr.v4.runtime.tree.ParseTree;
import org.relayd.compiler.source.SourceToken;

/** Advice for words that are right in themselves but do not fit the line in front of them. */
final class StatementAdvice {
    private static final Set<Integer> RULE_HEAD = Set.of(REQUEST, RESPONSE, QUICK, INET, INET6, FROM, TO);

    private StatementAdvice() {}

    /**
     * Returns the option of a section that the fault belongs to: the one that was being read, or the complete one in
     * front of the fault; the statement itself outside of sections.
     */
    static ParserRuleContext optionOf(ParserRuleContext context) {
        if (Sections.optionOf(context.getRuleIndex()) >= 0) {
            return lastOption(context).orElse(context);
        }
        ParserRuleContext rule = context;
        while (!Sections.isOption(rule.getRuleIndex()) && rule.getParent() != null
                && rule.getParent().getRuleIndex() != RULE_statement) {
            rule = rule.getParent();
        }
        return rule;
    }

    private static Optional<ParserRuleContext> lastOption(ParserRuleContext section) {
        ParseTree last = section.getChildCount() == 0 ? null : section.getChild(section.getChildCount() - 1);
        return last instanceof ParserRuleContext option && Sections.isOption(option.getRuleIndex())
                ? Optional.of(option) : Optional.empty();
    }

    /** Returns advice on a word after a complete option. */
    static Optional<String> about(ParserRuleContext context, SourceToken offending) {
        Optional<ParserRuleContext> option = lastOption(context);
        if (option.isEmpty()) {
            return Optional.empty();
        } else if (option.get() instanceof RelayForwardContext forward
                && forward.relayTarget() instanceof TargetAddressContext address
                && isTableOption(offending.getType())) {
            return Optional.of("only tables have this option; write the name of a table in angle brackets: <"
                    + address.name().getText() + ">");
        } else if (option.get().getRuleIndex() == RULE_filterRule && RULE_HEAD.contains(offending.getType())) {
            return Optional.of(
                    "a rule begins in this order: direction, quick, inet or inet6, from, to; options stand behind");
        }
        return Optional.empty();
    }

    // An address has a port itself, so that a second one is no option of a table.
    private static boolean isTableOption(int type) {
        return type != PORT && _ATN.nextTokens(_ATN.ruleToStartState[RULE_tableOption]).contains(type);
    }
}
