package org.relayd.architecture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.relayd.runtime.system.Errno;
import org.relayd.runtime.system.ErrorName;

/** What the system says is compared by errno; its words are only shown. */
class ErrorsAreValuesTest {
    private static final Path TREE = Path.of("").toAbsolutePath().getParent();
    /** Reads what the JDK, Netty and libraries say. */
    private static final String THE_ONE_PLACE = "org/relayd/runtime/system/";
    /** Files with such words that no call said: ir knows no system, and the ends of sessions are the original's. */
    private static final Set<String> SPEAKERS = Set.of("FileReason.java", "SessionEnd.java", "HttpEnds.java");
    private static final Pattern COMPARED = Pattern.compile(
            "getMessage\\(\\)\\)?\\s*\\.(equals|contains|startsWith|endsWith|matches|replace\\w*|indexOf|substring|split)\\(");

    private static List<Path> sources() throws IOException {
        try (Stream<Path> modules = Files.list(TREE)) {
            return modules.map(module -> module.resolve("src/main/java/org/relayd")).filter(Files::isDirectory)
                    .flatMap(ErrorsAreValuesTest::javaFiles)
                    .filter(source -> !source.toString().contains(THE_ONE_PLACE)).sorted().toList();
        }
    }

    private static Stream<Path> javaFiles(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(".java")).toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String text(Path source) {
        try {
            return Files.readString(source);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void nobodyComparesWhatAnExceptionSays() throws IOException {
        assertTrue(sources().size() > 50, "no sources below " + TREE);
        assertEquals(List.of(), sources().stream().filter(source -> COMPARED.matcher(text(source)).find()).toList());
    }

    @Test
    void nobodyKnowsTheSystemsWords() throws IOException {
        String words = Stream.of(ErrorName.values())
                .flatMap(name -> Stream.of(Errno.linux(name.linux()).words(), Errno.of(name).words())).distinct()
                .map(Pattern::quote).collect(Collectors.joining("|"));
        Pattern literal = Pattern.compile("\"[^\"\n]*\\b(" + words + ")\\b[^\"\n]*\"");
        assertEquals(List.of(), sources().stream().filter(source -> !SPEAKERS.contains(source.getFileName().toString()))
                .filter(source -> literal.matcher(text(source)).find()).toList());
    }
}
