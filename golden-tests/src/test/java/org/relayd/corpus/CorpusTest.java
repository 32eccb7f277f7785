package org.relayd.corpus;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.relayd.ir.term.Dialect;

/** The whole corpus: what is accepted, what it means and what is said about it, against the original. */
class CorpusTest {
    private static final Path AGREEMENT = Path.of("src/test/resources/corpus/agreement.txt");

    private static final Map<Dialect, List<Comparison>> COMPARISONS = new LinkedHashMap<>();

    @BeforeAll
    static void compileAll() {
        for (Dialect dialect : Dialect.values()) {
            List<Comparison> comparisons = new ArrayList<>();
            for (CorpusCase input : Corpus.cases(dialect)) {
                comparisons.add(Comparison.of(input, Corpus.world()));
            }
            COMPARISONS.put(dialect, comparisons);
        }
    }

    @Test
    void differsFromTheOriginalOnPurposeOnly() {
        Map<Difference, String> found = new TreeMap<>();
        COMPARISONS.forEach((dialect, comparisons) -> comparisons.forEach(comparison -> {
            note(dialect, comparison.name(), "verdict", comparison.verdict(), found);
            note(dialect, comparison.name(), "model", comparison.model(), found);
            note(dialect, comparison.name(), "messages", comparison.messages(), found);
            note(dialect, comparison.name(), "rules", comparison.rules(), found);
        }));
        Set<Difference> stale = new TreeSet<>(Difference.intended(Corpus.text("differences.txt")));
        Set<Difference> intended = Set.copyOf(stale);
        stale.removeAll(found.keySet());
        found.keySet().removeAll(intended);
        assertEquals(Map.of(), found, "differences without a reason");
        assertEquals(Set.of(), stale, "listed differences that are none");
    }

    @Test
    void agreementOnlyRises() throws IOException {
        Map<String, Agreement> recorded = Agreement.read(Files.readString(AGREEMENT));
        List<String> losses = new ArrayList<>();
        List<String> now = new ArrayList<>();
        COMPARISONS.forEach((dialect, comparisons) -> {
            Agreement agreement = Agreement.of(comparisons);
            losses.addAll(agreement.lossesSince(recorded.get(dialect.word())));
            now.add(agreement.line(dialect, comparisons.size()));
        });
        assertEquals(List.of(), losses);
        if (Boolean.getBoolean("golden.update")) {
            Files.writeString(AGREEMENT, String.join("\n", now) + "\n");
        }
        assertEquals(Files.readAllLines(AGREEMENT), now, "more cases agree: run with -Dgolden.update=true");
    }

    private static void note(Dialect dialect, String name, String aspect, Optional<String> what,
            Map<Difference, String> found) {
        what.ifPresent(text -> found.put(new Difference(dialect.word(), name, aspect), text));
    }
}
