package org.relayd.architecture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.LineMap;
import com.sun.source.tree.MethodTree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.SourcePositions;
import com.sun.source.util.TreePathScanner;
import com.sun.source.util.Trees;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The shape of the Java sources: what is short is read. Generated sources are not looked at. */
class SourceShapeTest {
    private static final Path TREE = Path.of("").toAbsolutePath().getParent();
    private static final int FILE_LINES = 500;
    private static final int METHOD_LINES = 60;
    /** 20 is the aim; a sealed type and its variants cannot be parted, so the vocabulary may have some more. */
    private static final int PACKAGE_FILES = 25;

    /** The last of several values as the one for whatever else comes. */
    private static final Pattern SILENT_LAST_CASE = Pattern
            .compile("default\\s*->\\s*+(?!Token\\.INVALID_TYPE)(?:\\w+\\.)*[A-Z][A-Z0-9_]\\w*;");
    private static final Pattern DEFAULT_WITHOUT_THROW = Pattern.compile("default\\s*->\\s*+(?!throw )[^\\n]*");

    /** As the formatter has it, which does not touch comments. */
    private static final int COLUMNS = 120;

    /** The files that ask the machine what it is, and how they ask. */
    private static final Map<String, Pattern> ASKERS = Map.of(
            "org/relayd/ir/term/OperatingSystem.java", Pattern.compile("\"os\\.name\""),
            "org/relayd/runtime/SocketKind.java", Pattern.compile("Epoll\\s*\\.\\s*isAvailable"));

    private static List<Path> sources;
    private static List<Path> tests;

    @BeforeAll
    static void find() throws IOException {
        sources = below("src/main/java");
        tests = below("src/test/java");
        assertTrue(sources.size() > 50, () -> "only " + sources.size() + " sources found below " + TREE);
    }

    @Test
    void filesAreShort() {
        assertEquals(List.of(), sources.stream().filter(source -> read(source).size() > FILE_LINES)
                .map(source -> TREE.relativize(source) + ": " + read(source).size() + " lines").toList());
    }

    @Test
    void packagesAreSmallAndSayWhatTheyAre() {
        Map<Path, Long> files = sources.stream().collect(Collectors.groupingBy(Path::getParent, Collectors.counting()));
        List<String> faults = new ArrayList<>();
        files.forEach((folder, count) -> {
            if (count > PACKAGE_FILES + 1) { // package-info does not count
                faults.add(TREE.relativize(folder) + ": " + (count - 1) + " files");
            }
            if (!Files.exists(folder.resolve("package-info.java"))) {
                faults.add(TREE.relativize(folder) + ": no package-info.java");
            }
        });
        assertEquals(List.of(), faults);
    }

    /**
     * A word that the grammar has got and a builder does not know must fail, not become the last word that was known.
     */
    @Test
    void noWordIsTheLastOneByDefault() throws IOException {
        List<String> faults = new ArrayList<>();
        for (Path source : sources) {
            if (!source.toString().contains("/org/relayd/compiler/")) {
                continue;
            }
            String text = Files.readString(source);
            Pattern forbidden = source.getParent().endsWith("build") ? DEFAULT_WITHOUT_THROW : SILENT_LAST_CASE;
            forbidden.matcher(text).results()
                    .forEach(match -> faults.add(TREE.relativize(source) + ": " + match.group()));
        }
        assertEquals(List.of(), faults);
    }

    /** Text blocks are as wide as what they show, and of a list of patterns the formatter makes one line. */
    @Test
    void linesEndAtColumn120() {
        List<String> faults = new ArrayList<>();
        sources.forEach(source -> wideLines(source, line -> !line.startsWith("case "), faults));
        tests.forEach(source -> wideLines(source, SourceShapeTest::isComment, faults));
        assertEquals(List.of(), faults);
    }

    /** Whoever needs the answer is given it, so that a test can give another one. */
    @Test
    void oneTypeAsksWhatThisMachineIs() throws IOException {
        List<String> faults = new ArrayList<>();
        for (Path source : Stream.concat(sources.stream(), tests.stream()).toList()) {
            String text = Files.readString(source);
            ASKERS.forEach((asker, question) -> {
                if (question.matcher(text).find() != source.endsWith(asker)) {
                    faults.add(TREE.relativize(source) + ": only " + asker + " asks " + question);
                }
            });
        }
        assertEquals(List.of(), faults);
    }

    @Test
    void noTwoTypesHaveOneName() {
        Map<String, List<String>> places = Stream.concat(sources.stream(), tests.stream())
                .filter(source -> !source.endsWith("package-info.java"))
                .collect(Collectors.groupingBy(source -> source.getFileName().toString(),
                        Collectors.mapping(source -> TREE.relativize(source).toString(), Collectors.toList())));
        assertEquals(List.of(), places.values().stream().filter(files -> files.size() > 1).toList());
    }

    @Test
    void methodsAreShort() throws IOException {
        List<String> faults = new ArrayList<>();
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
            JavacTask task = (JavacTask) compiler.getTask(null, files, null, List.of(), null,
                    files.getJavaFileObjectsFromPaths(sources));
            SourcePositions positions = Trees.instance(task).getSourcePositions();
            for (CompilationUnitTree unit : task.parse()) {
                new LongMethods(positions, faults).scan(unit, null);
            }
        }
        assertEquals(List.of(), faults);
    }

    private static final class LongMethods extends TreePathScanner<Void, Void> {
        private final SourcePositions positions;
        private final List<String> faults;

        LongMethods(SourcePositions positions, List<String> faults) {
            this.positions = positions;
            this.faults = faults;
        }

        @Override
        public Void visitMethod(MethodTree method, Void unused) {
            CompilationUnitTree unit = getCurrentPath().getCompilationUnit();
            LineMap map = unit.getLineMap();
            long first = map.getLineNumber(positions.getStartPosition(unit, method));
            long end = positions.getEndPosition(unit, method);
            if (end >= 0) { // the compiler's own constructors end nowhere
                long lines = map.getLineNumber(end) - first + 1;
                if (lines > METHOD_LINES) {
                    faults.add(unit.getSourceFile().getName() + ":" + first + ": " + method.getName() + " has " + lines
                            + " lines");
                }
            }
            return super.visitMethod(method, null);
        }
    }

    private static void wideLines(Path source, Predicate<String> counts, List<String> faults) {
        boolean block = false;
        int number = 0;
        for (String line : read(source)) {
            number++;
            boolean turns = line.split("\"\"\"", -1).length % 2 == 0;
            if (line.length() > COLUMNS && !block && counts.test(line.strip())) {
                faults.add(TREE.relativize(source) + ":" + number + ": " + line.length() + " columns");
            }
            block ^= turns;
        }
    }

    private static boolean isComment(String line) {
        return line.startsWith("/*") || line.startsWith("*") || line.startsWith("//");
    }

    private static List<Path> below(String folder) throws IOException {
        try (Stream<Path> modules = Files.list(TREE)) {
            return modules.map(module -> module.resolve(folder)).filter(Files::isDirectory)
                    .flatMap(SourceShapeTest::javaFiles).sorted().toList();
        }
    }

    private static Stream<Path> javaFiles(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(".java")).toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> read(Path source) {
        try {
            return Files.readAllLines(source);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
