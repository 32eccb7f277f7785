package org.relayd.main.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Plays all scenarios, and keeps the table of facts true. */
class ScenarioTest {
    private static final Path SCENARIOS = Path.of("src/test/resources/scenarios");
    private static final Path FACTS = SCENARIOS.resolve("FACTS.md");
    private static final int AT_ONCE = 4;
    /** A fact in the table: a row whose first cell is a number. */
    private static final Pattern FACT = Pattern.compile("\\| \\d+ \\|.*\\| (.*) \\|");
    /** A test named in the table: a scenario with a slash, or {@code Class#method}. */
    private static final Pattern SHOWN = Pattern.compile("`([^`]+)`");

    private final ExecutorService players = Executors.newFixedThreadPool(AT_ONCE);

    @TempDir
    private Path folder;

    private static List<Scenario> scenarios() throws IOException {
        try (Stream<Path> files = Files.walk(SCENARIOS)) {
            List<Path> all = files.filter(file -> file.toString().endsWith(".txt")).sorted().toList();
            assertTrue(all.size() > 1, "scenarios in " + SCENARIOS.toAbsolutePath());
            List<Scenario> read = new java.util.ArrayList<>();
            for (Path file : all) {
                read.add(Scenario.read(SCENARIOS, file));
            }
            return read;
        }
    }

    @AfterEach
    void end() {
        players.shutdownNow();
    }

    /** Several are played at a time, as each mostly waits for its ends. */
    @TestFactory
    Stream<DynamicTest> scenario() throws IOException {
        Map<Scenario, Future<Scenario>> played = new LinkedHashMap<>();
        for (Scenario mode : scenarios().stream().flatMap(scenario -> scenario.modes().stream()).toList()) {
            played.put(mode, players.submit(() -> play(mode, Files.createTempDirectory(folder, "scene"))));
        }
        return played.entrySet().stream().map(play -> DynamicTest.dynamicTest(play.getKey().name(),
                () -> assertEquals(play.getKey(), result(play.getValue()))));
    }

    private static Scenario result(Future<Scenario> play) throws InterruptedException {
        try {
            return play.get();
        } catch (ExecutionException failed) {
            throw new AssertionError(failed.getCause().getMessage(), failed.getCause());
        }
    }

    private static Scenario play(Scenario scenario, Path folder) throws Exception {
        try (Stage stage = new Stage(scenario, folder)) {
            for (String line : scenario.script()) {
                try {
                    stage.play(line);
                } catch (IOException | AssertionError | IllegalArgumentException failure) {
                    throw new AssertionError(scenario.name() + ": " + line + "\n" + failure.getMessage(), failure);
                }
            }
            stage.check();
        }
        return scenario;
    }

    private static List<String> shown() throws IOException {
        return Files.readAllLines(FACTS).stream().map(FACT::matcher).filter(java.util.regex.Matcher::matches)
                .map(row -> row.group(1)).flatMap(cell -> SHOWN.matcher(cell).results().map(MatchResult::group))
                .map(name -> name.replace("`", "")).toList();
    }

    @Test
    void everyFactIsShownByATest() throws IOException {
        List<String> rows = Files.readAllLines(FACTS).stream().filter(line -> line.matches("\\| \\d+ .*")).toList();
        assertTrue(rows.size() > 20);
        for (String row : rows) {
            assertTrue(SHOWN.matcher(row.substring(row.lastIndexOf('|', row.length() - 2))).find(), row);
        }
    }

    @Test
    void testsInTheTableExistAndEveryScenarioIsInIt() throws IOException {
        Set<String> named = new TreeSet<>(shown());
        Set<String> scenarios = scenarios().stream().map(Scenario::name).collect(Collectors.toCollection(TreeSet::new));
        assertEquals(scenarios,
                named.stream().filter(name -> name.contains("/")).collect(Collectors.toCollection(TreeSet::new)));
        String sources = sources();
        for (String name : named.stream().filter(name -> name.contains("#")).toList()) {
            String[] parts = name.split("#", 2);
            assertTrue(sources.contains("class " + parts[0] + " "), name);
            assertTrue(sources.contains(" " + parts[1] + "() ") || sources.contains(" void " + parts[1] + "("), name);
        }
    }

    private static String sources() throws IOException {
        StringBuilder all = new StringBuilder();
        for (Path root : List.of(Path.of("src/test/java"), Path.of("../runtime/src/test/java"),
                Path.of("../packaging/src/test/java"))) {
            try (Stream<Path> files = Files.walk(root)) {
                for (Path file : files.filter(file -> file.toString().endsWith(".java")).toList()) {
                    all.append(Files.readString(file));
                }
            }
        }
        return all.toString();
    }
}
