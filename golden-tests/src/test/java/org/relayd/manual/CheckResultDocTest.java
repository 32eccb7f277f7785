package org.relayd.manual;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.relayd.ir.term.CheckResult;

/** The results of checks that relayctl(8), DIAGNOSTICS, explains are those that the daemon gives. */
class CheckResultDocTest {
    @Test
    void everyResultIsExplained() throws IOException {
        Set<String> explained = ManualPage.read("relayctl.8").lines().stream().filter(line -> line.startsWith(".It "))
                .flatMap(line -> Stream.of(line.substring(4).split(" , ", -1))).collect(Collectors.toSet());
        assertEquals(List.of(CheckResult.NONE), Stream.of(CheckResult.values())
                .filter(result -> !explained.contains(result.text())).toList());
    }
}
