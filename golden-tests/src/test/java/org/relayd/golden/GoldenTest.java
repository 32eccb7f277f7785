package org.relayd.golden;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.DynamicContainer.dynamicContainer;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
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
import org.relayd.ir.source.Span;

/**
 * Every case gives the output that stands beside it, the same one each time. With {@code -Dgolden.update=true} the
 * files are written instead of compared; whoever does that reads the difference.
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
                String text = wanted ? output.print(compilation, each.world()) : "";
                if (wanted) {
                    assertEquals(text, output.print(each.compile(), each.world()), "the second run differs");
                }
                expect(text, each.expected(output));
            }
            checkMessages(each, compilation.diagnostics());
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

    /** Every error is announced, by a mark in its line or by a header line, and everything announced is said. */
    private static void checkMessages(GoldenCase each, List<Diagnostic> diagnostics) throws IOException {
        Map<String, List<String>> announced = new LinkedHashMap<>(each.marks());
        announced.put("", List.copyOf(each.world().says()));
        List<String> faults = new ArrayList<>();
        diagnostics.stream().filter(Diagnostic::isError)
                .filter(error -> announced.getOrDefault(place(error), List.of()).stream()
                        .noneMatch(error.message()::contains))
                .forEach(error -> faults.add("not announced: " + DiagnosticPrinter.firstLine(error)));
        announced.forEach((place, texts) -> texts.stream()
                .filter(text -> diagnostics.stream()
                        .noneMatch(said -> place(said).equals(place) && said.message().contains(text)))
                .forEach(text -> faults.add("not said: " + place + ": " + text)));
        assertEquals(List.of(), faults);
    }

    private static String place(Diagnostic diagnostic) {
        return diagnostic.primary().map(Span::site).map(site -> site.source().name() + ":" + site.line()).orElse("");
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
