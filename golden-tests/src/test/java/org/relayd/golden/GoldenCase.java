package org.relayd.golden;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
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
            return files.filter(file -> file.toString().endsWith(ENDING)).sorted().map(GoldenCase::read).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns all other files, expected output and files that cases include. */
    static List<Path> otherFiles() {
        try (Stream<Path> files = Files.walk(CASES)) {
            return files.filter(file -> Files.isRegularFile(file) && !file.toString().endsWith(ENDING)).sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
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

    /** Compiles the case. Paths in it are relative to its section. */
    Compilation compile() {
        return RelaydCompiler.compile(file.getFileName().toString(), world.options(),
                new FileEnvironment(world.machine(), path -> Files.readAllBytes(file.resolveSibling(path))));
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

    /** Returns the texts behind {@code #~} by {@code FILE:LINE}, of the case and of the files that it includes. */
    Map<String, String> marks() {
        Map<String, String> marks = new LinkedHashMap<>();
        List<Path> files = new ArrayList<>(List.of(file));
        if (Files.isDirectory(folder())) {
            try (Stream<Path> included = Files.walk(folder())) {
                included.filter(Files::isRegularFile).sorted().forEach(files::add);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        files.forEach(each -> marks(each, marks));
        return marks;
    }

    private void marks(Path each, Map<String, String> marks) {
        try {
            String[] lines = new String(Files.readAllBytes(each), StandardCharsets.UTF_8).split("\n", -1);
            for (int line = 0; line < lines.length; line++) {
                int mark = lines[line].indexOf(MARK);
                if (mark >= 0) {
                    marks.put(file.getParent().relativize(each) + ":" + (line + 1),
                            lines[line].substring(mark + MARK.length()));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
