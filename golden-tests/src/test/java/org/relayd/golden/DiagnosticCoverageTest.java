package org.relayd.golden;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.relayd.ir.diagnostic.DiagnosticCode;

/** Every diagnostic code is shown by a case, so that somebody has read each message. */
class DiagnosticCoverageTest {
    /** Codes that no configuration alone can show: a code and the reason on each line. */
    private static final Path ELSEWHERE = Path.of("src/test/resources/codes-shown-elsewhere.txt");

    @Test
    void everyCodeHasACase() throws IOException {
        Set<String> missing = DiagnosticCode.all().stream().map(DiagnosticCode::id)
                .collect(Collectors.toCollection(TreeSet::new));
        for (GoldenCase each : GoldenCase.all()) {
            each.compile().diagnostics().forEach(diagnostic -> missing.remove(diagnostic.code().id()));
        }
        Set<String> elsewhere = Files.readAllLines(ELSEWHERE).stream().filter(line -> !line.startsWith("#"))
                .map(line -> line.substring(0, line.indexOf(' '))).collect(Collectors.toCollection(TreeSet::new));
        assertEquals(elsewhere, missing, "codes without a case, against those listed as shown elsewhere");
    }
}
