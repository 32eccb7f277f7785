package org.relayd.manual;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** {@code STATEMENTS.md} has each sentence of relayd.conf(5), in its order, and the tests that show that it is true. */
class StatementsTest {
    private static final Path ROOT = Path.of("").toAbsolutePath().getParent();
    /** What other tests compare as a whole, and what says nothing about relayd. */
    private static final Set<String> ELSEWHERE = Set.of("NAME", "RESERVED WORDS", "WARNINGS", "FILES", "EXAMPLES",
            "SEE ALSO", "HISTORY");
    /** Words in place of a test; the table explains them. */
    private static final Set<String> WITHOUT = Set.of("term", "reference", "advice", "system", "not run");
    private static final Pattern ROW = Pattern.compile("\\| (?:(.+?) )?\\| (.+) \\| (.+) \\|");
    private static final Pattern NAMED = Pattern.compile("`([^`]+)`");
    private static final Pattern METHOD = Pattern.compile(" (?:void|Stream<DynamicTest>) (\\w+)\\(");

    /**
     * A row of the table.
     *
     * @param statement
     *            what the page says
     * @param shownBy
     *            the last cell
     */
    private record Row(Statement statement, String shownBy) {}

    private static List<Row> rows;

    @BeforeAll
    static void read() throws IOException {
        rows = new ArrayList<>();
        String section = "";
        String item = "";
        for (String line : Files.readAllLines(Path.of("STATEMENTS.md"))) {
            if (line.startsWith("## ")) {
                section = line.substring(3);
                item = "";
            }
            Matcher row = ROW.matcher(line);
            if (row.matches() && !row.group(2).equals("statement")) {
                // A blank first cell is the one above, a dash none.
                item = Optional.ofNullable(row.group(1)).map(cell -> cell.equals("–") ? "" : cell).orElse(item);
                rows.add(new Row(new Statement(section, item, row.group(2)), row.group(3)));
            }
        }
    }

    @Test
    void everySentenceOfThePageHasItsRow() throws IOException {
        List<String> said = Statement.of(ManualPage.read("relayd.conf.5")).stream()
                .filter(statement -> !ELSEWHERE.contains(statement.section())).map(Statement::words).toList();
        List<String> held = rows.stream().map(row -> row.statement().words()).toList();
        assertEquals(List.of(), said.stream().filter(words -> !held.contains(words)).toList(), "sentences without row");
        assertEquals(List.of(), held.stream().filter(words -> !said.contains(words)).toList(), "rows without sentence");
        assertEquals(String.join("\n", said), String.join("\n", held));
    }

    @Test
    void everyRowNamesATestOrSaysWhyNot() {
        assertEquals(List.of(), rows.stream()
                .filter(row -> !WITHOUT.contains(row.shownBy()) && !NAMED.matcher(row.shownBy()).find()).toList());
    }

    @Test
    void everyTestThatIsNamedExists() throws IOException {
        Set<String> named = rows.stream().flatMap(row -> NAMED.matcher(row.shownBy()).results())
                .map(match -> match.group(1)).collect(Collectors.toCollection(TreeSet::new));
        assertTrue(named.size() > 20);
        Map<String, Set<String>> classes = testClasses();
        assertEquals(List.of(), named.stream().filter(name -> !exists(name, classes)).toList());
    }

    private static boolean exists(String name, Map<String, Set<String>> classes) {
        String[] parts = name.split("#", 2);
        if (parts.length == 2) {
            return classes.getOrDefault(parts[0], Set.of()).contains(parts[1]);
        }
        return Stream.of("golden-tests/" + name + ".conf", "relayd-main/src/test/resources/" + name + ".txt", name)
                .anyMatch(file -> Files.isRegularFile(ROOT.resolve(file)));
    }

    /** Returns the methods of each test class of this project. */
    private static Map<String, Set<String>> testClasses() throws IOException {
        Map<String, Set<String>> classes = new HashMap<>();
        try (Stream<Path> modules = Files.list(ROOT)) {
            for (Path tests : modules.map(module -> module.resolve("src/test/java")).filter(Files::isDirectory)
                    .toList()) {
                try (Stream<Path> files = Files.walk(tests)) {
                    for (Path file : files.filter(each -> each.toString().endsWith(".java")).toList()) {
                        classes.put(file.getFileName().toString().replace(".java", ""),
                                METHOD.matcher(Files.readString(file)).results().map(method -> method.group(1))
                                        .collect(Collectors.toSet()));
                    }
                }
            }
        }
        return classes;
    }
}
