package org.relayd.corpus;

import java.io.IOException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.relayd.compiler.environment.FileEnvironment.Description;
import org.relayd.ir.term.Dialect;
import org.relayd.repeated.RepeatedCompilation;

/** What one process compiles, another compiles again from a bundle, and both mean the same: for the whole corpus. */
class RepeatedCorpusTest {
    @ParameterizedTest
    @EnumSource
    void eachCaseMeansTheSameFromItsBundle(Dialect dialect) throws IOException {
        Description world = Corpus.world();
        for (CorpusCase each : Corpus.cases(dialect)) {
            RepeatedCompilation.check(CorpusCase.MAIN, each.options(), each.environment(world));
        }
    }
}
