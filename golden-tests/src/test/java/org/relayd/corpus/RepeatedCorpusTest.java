package org.relayd.corpus;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.relayd.compiler.environment.FileEnvironment.Description;
import org.relayd.ir.term.Dialect;
import org.relayd.repeated.RepeatedCompilation;

/** What one process compiles, another compiles again from a bundle, and both mean the same: for the whole corpus. */
class RepeatedCorpusTest {
    /** The corpus has more cases that are accepted, in each dialect. */
    private static final int MANY = 50;

    @ParameterizedTest
    @EnumSource
    void eachCaseMeansTheSameFromItsBundle(Dialect dialect) throws IOException {
        Description world = Corpus.world();
        int accepted = 0;
        for (CorpusCase each : Corpus.cases(dialect)) {
            accepted += RepeatedCompilation.check(CorpusCase.MAIN, each.options(), each.environment(world)) ? 1 : 0;
        }
        assertTrue(accepted > MANY, "only " + accepted + " cases have a bundle");
    }
}
