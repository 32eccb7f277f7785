package org.relayd.manual;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.relayd.compiler.words.Keyword;
import org.relayd.compiler.words.Reserved;

/** The words of the language in the compiler and in relayd.conf(5). */
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
        Set<String> undocumented = keywords(_ -> true);
        undocumented.removeAll(page.languageWords());
        assertEquals(WITHOUT_USE, undocumented);
    }

    @Test
    void everyDocumentedWordIsAKeywordOrSaidToBeNone() {
        Set<String> words = page.languageWords();
        words.removeAll(keywords(_ -> true));
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
    void theListOfReservedWordsIsThatOfTheCompiler() {
        Set<String> reserved = new TreeSet<>();
        for (String kind : new String[]{"both", "5.1", "current", "recent", "former", "extension"}) {
            reserved.addAll(page.reservedWords(kind));
        }
        assertEquals(keywords(_ -> true), reserved);
    }

    @Test
    void theDialectsReserveWhatThePageSays() {
        assertEquals(reserved(Reserved.V5_1), page.reservedWords("5.1"));
        assertEquals(reserved(Reserved.CURRENT), page.reservedWords("current"));
    }

    @Test
    void extensionsAndWordsOfSomeReleasesAreThoseOfThePage() {
        assertEquals(reserved(Reserved.RECENT), page.reservedWords("recent"));
        assertEquals(reserved(Reserved.FORMER), page.reservedWords("former"));
        assertEquals(reserved(Reserved.EXTENSION), page.reservedWords("extension"));
    }

    private static Set<String> reserved(Reserved where) {
        return keywords(keyword -> keyword.reserved() == where);
    }

    private static Set<String> keywords(Predicate<Keyword> which) {
        return Keyword.all().stream().filter(which).map(Keyword::spelling)
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
