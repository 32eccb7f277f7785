package org.relayd.manual;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.IntPredicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.relayd.compiler.source.Keywords;
import org.relayd.grammar.RelaydLexer;
import org.relayd.ir.term.Dialect;

/** The words of the language in the lexer and in relayd.conf(5). */
class KeywordDocTest {
    /** Reserved by OpenBSD for statements that are gone. */
    private static final Set<String> WITHOUT_USE = Set.of("backup", "external", "real", "virtual");

    private static ManualPage page;

    @BeforeAll
    static void read() throws IOException {
        page = ManualPage.read("relayd.conf.5");
    }

    @Test
    void everyKeywordIsDocumented() {
        Set<String> undocumented = keywords(type -> true);
        undocumented.removeAll(page.languageWords());
        assertEquals(WITHOUT_USE, undocumented);
    }

    @Test
    void everyDocumentedWordIsAKeywordOrSaidToBeNone() {
        Set<String> words = page.languageWords();
        words.removeAll(keywords(type -> true));
        assertEquals(page.reservedWords("no"), words);
    }

    @Test
    void everyDocumentedWordHasACase() throws IOException {
        Set<String> words = page.languageWords();
        try (Stream<Path> cases = Files.walk(Path.of("cases"))) {
            for (Path each : (Iterable<Path>) cases.filter(file -> file.toString().endsWith(".conf"))::iterator) {
                for (String line : Files.readAllLines(each)) {
                    words.removeAll(List.of(line.replaceAll("#.*", "").split("[^a-z0-9.-]+", -1)));
                }
            }
        }
        assertEquals(Set.of(), words);
    }

    @Test
    void theListOfReservedWordsIsThatOfTheLexer() {
        Set<String> reserved = new TreeSet<>();
        for (String kind : new String[]{"both", "5.1", "current", "recent", "extension"}) {
            reserved.addAll(page.reservedWords(kind));
        }
        assertEquals(keywords(type -> true), reserved);
    }

    @Test
    void theDialectsReserveWhatThePageSays() {
        assertEquals(reservedOnlyBy(Dialect.V5_1), page.reservedWords("5.1"));
        assertEquals(reservedOnlyBy(Dialect.CURRENT), page.reservedWords("current"));
    }

    private static Set<String> reservedOnlyBy(Dialect dialect) {
        return keywords(type -> Keywords.onlyReservedBy(type).equals(Optional.of(dialect)));
    }

    private static Set<String> keywords(IntPredicate which) {
        return IntStream.rangeClosed(1, RelaydLexer.VOCABULARY.getMaxTokenType())
                .filter(type -> Keywords.isKeyword(type) && which.test(type))
                .mapToObj(RelaydLexer.VOCABULARY::getLiteralName)
                .map(literal -> literal.substring(1, literal.length() - 1))
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
