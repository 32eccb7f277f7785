package org.relayd.golden;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.relayd.compiler.Compilation;
import org.relayd.compiler.RelaydCompiler;
import org.relayd.compiler.environment.FileEnvironment;

/**
 * One configuration of {@code cases/}.
 *
 * @param file
 *            the configuration
 * @param text
 *            its text
 * @param world
 *            what its header lines say
 */
record GoldenCase(Path file, String text, World world) {
    private static final Path CASES = Path.of("cases");
    private static final String ENDING = ".conf";
    private static final String MARK = "#~ ";

    /** Returns all cases in alphabetical order. */
    static List<GoldenCase> all() {
        try (Stream<Path> files = Files.walk(CASES)) {
            return files.filter(GoldenCase::isCase).sorted().map(GoldenCase::read).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns all other files, expected output and files that cases include. */
    static List<Path> otherFiles() {
        try (Stream<Path> files = Files.walk(CASES)) {
            return files.filter(file -> Files.isRegularFile(file) && !isCase(file)).sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A folder named like a case holds its files, whatever they are called. */
    private static boolean isCase(Path file) {
        return file.toString().endsWith(ENDING) && !Files.exists(Path.of(file.getParent() + ENDING));
    }

    private static GoldenCase read(Path file) {
        try {
            String text = Files.readString(file);
            return new GoldenCase(file, text, World.of(text));
        } catch (IOException e) {
            throw new UncheckedIOException(file.toString(), e);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(file + ": " + e.getMessage(), e);
        }
    }

    /** Returns {@code SECTION/NAME}. */
    String name() {
        String path = CASES.relativize(file).toString();
        return path.substring(0, path.length() - ENDING.length());
    }

    /** Compiles the case. The files that it reads are in its folder. */
    Compilation compile() {
        return RelaydCompiler.compile(file.getFileName().toString(), world.options(), environment());
    }

    /** Returns the machine of the case. */
    FileEnvironment environment() {
        return new FileEnvironment(world.machine(), this::readFile);
    }

    /** Reads the case itself, or a file of its folder. */
    byte[] readFile(String path) throws IOException {
        return Files.readAllBytes(path.equals(file.getFileName().toString()) ? file : folder().resolve(path));
    }

    /** Returns the file that holds the expected output. */
    Path expected(Output output) {
        return file.resolveSibling(stem() + "." + output.suffix());
    }

    /** Returns the folder of the files that the case includes; it need not exist. */
    Path folder() {
        return file.resolveSibling(stem());
    }

    private String stem() {
        String name = file.getFileName().toString();
        return name.substring(0, name.length() - ENDING.length());
    }

    /** Returns the texts after {@code #~} by {@code FILE:LINE}, of the case and of the files in its folder. */
    Map<String, List<String>> marks() throws IOException {
        Map<String, List<String>> marks = new LinkedHashMap<>();
        marks(file, file.getFileName().toString(), marks);
        if (Files.isDirectory(folder())) {
            try (Stream<Path> files = Files.walk(folder())) {
                for (Path each : (Iterable<Path>) files.filter(Files::isRegularFile).sorted()::iterator) {
                    marks(each, folder().relativize(each).toString(), marks);
                }
            }
        }
        return marks;
    }

    private static void marks(Path file, String name, Map<String, List<String>> marks) throws IOException {
        // Not every file of a case is UTF-8.
        String[] lines = new String(Files.readAllBytes(file), StandardCharsets.UTF_8).split("\n", -1);
        for (int line = 0; line < lines.length; line++) {
            String[] parts = lines[line].split(MARK, -1);
            if (parts.length > 1) {
                marks.put(name + ":" + (line + 1), Stream.of(parts).skip(1).map(String::strip).toList());
            }
        }
    }
}
