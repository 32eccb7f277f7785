package org.relayd.corpus;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.relayd.compiler.CanonicalConfig;
import org.relayd.compiler.Compilation;
import org.relayd.ir.config.CheckedConfig;
import org.relayd.ir.term.Dialect;

/**
 * Every accepted case of the corpus, written anew in the current dialect, means the same when it is read again; those
 * for which that cannot be say why.
 */
class CanonicalConfigTest {

    @Test
    void meansTheSameOrSaysWhyItCannot() {
        List<String> refused = new ArrayList<>();
        for (Dialect dialect : Dialect.values()) {
            for (CorpusCase input : Corpus.cases(dialect)) {
                Optional<CheckedConfig> config = Optional.of(input.compile(Corpus.world()))
                        .flatMap(Compilation::config);
                List<String> refusals = config.map(
                        accepted -> CanonicalConfig.print(accepted, input.environment(Corpus.world())).refusals())
                        .orElse(List.of());
                if (!refusals.isEmpty()) {
                    refused.add(dialect.word() + " " + input.name() + ": " + String.join("; ", refusals));
                }
            }
        }
        assertEquals(Corpus.text("untranslatable.txt").strip(), String.join("\n", refused));
    }
}
