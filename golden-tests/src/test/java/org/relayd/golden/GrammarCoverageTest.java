package org.relayd.golden;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.antlr.v4.runtime.ParserRuleContext;
import org.antlr.v4.runtime.tree.ParseTree;
import org.antlr.v4.runtime.tree.TerminalNode;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.relayd.compiler.parse.ParserFacade;
import org.relayd.compiler.source.MacroExpander;
import org.relayd.compiler.source.MacroTable;
import org.relayd.compiler.source.SourceLoader;
import org.relayd.compiler.words.Keyword;
import org.relayd.grammar.RelaydParser;
import org.relayd.grammar.RelaydParser.StatementContext;
import org.relayd.ir.source.Origin;
import org.relayd.ir.source.SourceText;

/** Every rule, every labelled alternative and every keyword of the grammar occurs in a golden case that is accepted. */
class GrammarCoverageTest {
    /** Reserved by OpenBSD for statements that are gone. */
    private static final Set<String> WITHOUT_USE = Set.of("backup", "external", "real", "virtual");

    private static final Set<Class<?>> CONTEXTS = new TreeSet<>((a, b) -> a.getName().compareTo(b.getName()));
    private static final Set<String> WORDS = new TreeSet<>();

    @BeforeAll
    static void parse() {
        GoldenCase.all().forEach(GrammarCoverageTest::parse);
    }

    /** The rule of a whole file is not used: the parser is asked for one statement after the other. */
    @Test
    void everyAlternativeHasACase() {
        Set<String> missing = Stream.of(RelaydParser.class.getDeclaredClasses())
                .filter(ParserRuleContext.class::isAssignableFrom).filter(GrammarCoverageTest::isAlternative)
                .filter(context -> context != RelaydParser.ConfigurationContext.class)
                .filter(context -> !CONTEXTS.contains(context)).map(Class::getSimpleName)
                .collect(Collectors.toCollection(TreeSet::new));
        assertEquals(Set.of(), missing);
    }

    @Test
    void everyKeywordHasACase() {
        Set<String> missing = Keyword.all().stream().map(Keyword::spelling).filter(word -> !WORDS.contains(word))
                .collect(Collectors.toCollection(TreeSet::new));
        missing.removeAll(WITHOUT_USE);
        assertEquals(Set.of(), missing);
    }

    /** A rule with labelled alternatives has a context class for each; its own is never made. */
    private static boolean isAlternative(Class<?> context) {
        return Stream.of(RelaydParser.class.getDeclaredClasses()).noneMatch(other -> other.getSuperclass() == context);
    }

    private static void parse(GoldenCase each) {
        SourceText main = new SourceText(each.name(), each.text(), new Origin.Main());
        MacroTable macros = new MacroTable();
        each.world().options().macros().forEach(macros::defineArgument);
        ParserFacade parser = new ParserFacade(new MacroExpander(main, new SourceLoader(each::readFile), macros,
                each.world().options().dialect(), new ArrayList<>()), new ArrayList<>());
        for (Optional<StatementContext> next = parser.next(); next.isPresent(); next = parser.next()) {
            collect(next.get());
        }
    }

    private static void collect(ParseTree tree) {
        if (tree instanceof TerminalNode word) {
            WORDS.add(word.getText());
        } else {
            CONTEXTS.add(tree.getClass());
            for (int at = 0; at < tree.getChildCount(); at++) {
                collect(tree.getChild(at));
            }
        }
    }
}
