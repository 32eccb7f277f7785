package org.relayd.golden;

import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.relayd.repeated.RepeatedCompilation;

/** What one process compiles, another compiles again from a bundle, and both mean the same: for each golden case. */
class RecordedCasesTest {
    @TestFactory
    Stream<DynamicTest> eachCaseMeansTheSameFromItsBundle() {
        return GoldenCase.all().stream().map(each -> DynamicTest.dynamicTest(each.name(),
                () -> RepeatedCompilation.check(each.file().getFileName().toString(), each.world().options(),
                        each.environment())));
    }
}
