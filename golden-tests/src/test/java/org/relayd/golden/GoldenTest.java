package org.relayd.golden;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicContainer.dynamicContainer;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.relayd.compiler.Compilation;
import org.relayd.compiler.report.DiagnosticPrinter;
import org.relayd.ir.diagnostic.Diagnostic;

/**
 * Every case gives the output that stands beside it, the same one each time. With {@code -Dgolden.update=true} the files are written
 * instead of compared; whoever does that reads the difference.
 */
class GoldenTest {
    private static final boolean UPDATE = Boolean.getBoolean("golden.update");
    private static final int LONGEST_CASE = 30;

    @TestFactory
    Stream<DynamicNode> cases() {
        return GoldenCase.all().stream().collect(Collectors.groupingBy(each -> each.file().getParent().getFileName()))
                .entrySet().stream().sorted(Map.Entry.comparingByKey())
                .map(section -> dynamicContainer(section.getKey().toString(),
                        section.getValue().stream().map(GoldenTest::test)));
    }

    private static DynamicTest test(GoldenCase each) {
        return dynamicTest(each.name(), () -> {
            Compilation compilation = each.compile();
            for (Output output : Output.values()) {
                boolean wanted = each.world().outputs().contains(output);
                String text = wanted ? output.print(compilation, each.world().down()) : "";
                if (wanted) {
                    assertEquals(text, output.print(each.compile(), each.world().down()), "the second run differs");
                }
                expect(text, each.expected(output));
            }
            checkMarks(each, compilation.diagnostics());
        });
    }

    private static void expect(String text, Path file) throws IOException {
        if (!UPDATE) {
            assertEquals(Files.exists(file) ? Files.readString(file) : "", text, file.toString());
        } else if (text.isEmpty()) {
            Files.deleteIfExists(file);
        } else {
            Files.writeString(file, text);
        }
    }

    /** Every mark is met by a message in its line, and every error that has a line stands in a line with a mark. */
    private static void checkMarks(GoldenCase each, List<Diagnostic> diagnostics) {
        Map<String, String> marks = each.marks();
        Set<String> unmet = new HashSet<>(marks.keySet());
        for (Diagnostic diagnostic : diagnostics) {
            String line = DiagnosticPrinter.firstLine(diagnostic);
            marks.forEach((place, text) -> {
                if (line.startsWith(place + ": ") && line.contains(text)) {
                    unmet.remove(place);
                }
            });
            assertTrue(!diagnostic.isError() || diagnostic.primary().isEmpty()
                    || marks.keySet().stream().anyMatch(place -> line.startsWith(place + ": ")), "no mark: " + line);
        }
        assertEquals(Set.of(), unmet, "marks without message");
    }

    @Test
    void everyCaseIsShortAndSaysWhatItProves() {
        assertEquals(List.of(), GoldenCase.all().stream()
                .filter(each -> each.text().lines().count() > LONGEST_CASE
                        || !each.text().replace("\ufeff", "").startsWith("# "))
                .map(GoldenCase::name).toList());
    }

    @Test
    void everyOtherFileBelongsToACase() {
        List<GoldenCase> cases = GoldenCase.all();
        Set<Path> expected = cases.stream()
                .flatMap(each -> each.world().outputs().stream().map(each::expected)).collect(Collectors.toSet());
        assertEquals(List.of(), GoldenCase.otherFiles().stream()
                .filter(file -> !expected.contains(file)
                        && cases.stream().noneMatch(each -> file.startsWith(each.folder())))
                .toList());
    }
}
