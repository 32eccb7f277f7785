package org.relayd.compiler.parse;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.antlr.v4.runtime.ParserRuleContext;
import org.antlr.v4.runtime.Token;
import org.antlr.v4.runtime.atn.DecisionInfo;
import org.antlr.v4.runtime.tree.ParseTree;
import org.junit.jupiter.api.Test;
import org.relayd.compiler.source.MacroExpander;
import org.relayd.compiler.source.MacroTable;
import org.relayd.compiler.source.SourceLoader;
import org.relayd.grammar.RelaydParser;
import org.relayd.ir.diagnostic.Diagnostic;
import org.relayd.ir.source.Origin;
import org.relayd.ir.source.SourceText;

/** Properties of the grammar that the compiler relies on, shown with a text that has every alternative. */
class GrammarTest {
    private final List<Diagnostic> diagnostics = new ArrayList<>();

    @Test
    void everyAlternativeIsParsed() throws Exception {
        Set<String> seen = new TreeSet<>();
        for (ParserRuleContext statement : parse(false)) {
            collect(statement, seen);
        }
        assertEquals(List.of(), diagnostics);
        Set<String> missing = new TreeSet<>();
        for (Class<?> context : RelaydParser.class.getDeclaredClasses()) {
            missing.add(context.getSimpleName());
        }
        missing.removeAll(seen);
        // The whole file is never parsed in one go, and these are the parents of labelled alternatives.
        missing.removeAll(Set.of("ConfigurationContext", "GlobalSettingContext", "GlobalLogContext", "TablePartContext",
                "TableHostOptionContext", "TableOptionContext", "CheckContext", "CheckAnswerContext",
                "RedirectOptionContext",
                "RelayOptionContext", "RelayTargetContext", "RelayMappingContext", "ProtocolOptionContext",
                "OldOptionContext",
                "TlsFlagContext", "TcpFlagContext", "HttpFlagContext", "RuleOptionContext", "ActionVerbContext",
                "ActionKeysContext", "ActionMatchContext", "RouterOptionContext", "ForwardModeContext"));
        assertEquals(Set.of(), missing);
    }

    // Statements are parsed in the fast prediction mode only, and words must not be read far ahead of the statement.
    @Test
    void everyDecisionNeedsFewWordsAndNoContext() throws Exception {
        StatementParser parser = parser();
        parser.setProfile(true);
        statements(parser);
        for (DecisionInfo decision : parser.getParseInfo().getDecisionInfo()) {
            String rule = RelaydParser.ruleNames[parser.getATN().decisionToState.get(decision.decision).ruleIndex];
            assertTrue(decision.SLL_MaxLook <= 3, rule + " looks " + decision.SLL_MaxLook + " words ahead");
            assertEquals(0, decision.LL_Fallback, rule);
            assertEquals(0, decision.ambiguities.size(), rule);
        }
    }

    private List<ParserRuleContext> parse(boolean profile) throws Exception {
        StatementParser parser = parser();
        parser.setProfile(profile);
        return statements(parser);
    }

    private static List<ParserRuleContext> statements(StatementParser parser) {
        List<ParserRuleContext> statements = new ArrayList<>();
        while (parser.getInputStream().LA(1) != Token.EOF) {
            if (parser.getInputStream().LA(1) == RelaydParser.NL) {
                parser.getInputStream().consume();
            } else {
                statements.add(parser.statement());
            }
        }
        return statements;
    }

    private StatementParser parser() throws Exception {
        byte[] text = getClass().getResourceAsStream("every-statement.conf").readAllBytes();
        SourceText main = new SourceText("f", new String(text, StandardCharsets.UTF_8), new Origin.Main());
        MacroExpander words = new MacroExpander(main, new SourceLoader(path -> new byte[0]), new MacroTable(),
                Optional.empty(), diagnostics);
        StatementTokens tokens = new StatementTokens(words, diagnostics);
        StatementParser parser = new StatementParser(tokens, words, diagnostics);
        parser.setErrorHandler(new StatementRecovery(tokens, words.keywords(), diagnostics));
        return parser;
    }

    private static void collect(ParseTree tree, Set<String> seen) {
        if (tree instanceof ParserRuleContext) {
            seen.add(tree.getClass().getSimpleName());
        }
        for (int at = 0; at < tree.getChildCount(); at++) {
            collect(tree.getChild(at), seen);
        }
    }
}
