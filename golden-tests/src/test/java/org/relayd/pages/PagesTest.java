package org.relayd.pages;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Pages below {@code examples}, and README.md, that show commands: each is played as its readers play it. */
@Tag("netns")
class PagesTest {
    private static final Path TREE = Path.of("").toAbsolutePath().getParent();
    private static final int MINUTES = 5;
    private static Path programs;

    @TempDir
    private Path folder;

    static List<Path> pages() throws IOException {
        try (Stream<Path> examples = Files.walk(TREE.resolve("examples"))) {
            Stream<Path> files = Stream.concat(examples, Stream.of(TREE.resolve("README.md")));
            return files.filter(file -> file.toString().endsWith(".md")).filter(PagesTest::isPlayed).sorted().toList();
        }
    }

    /** Whether it shows what a terminal shows, and not only commands to copy. */
    private static boolean isPlayed(Path page) {
        try {
            return Files.readString(page).contains("\n```console\n");
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    @BeforeAll
    static void makePrograms() throws IOException {
        programs = Programs.in(Files.createTempDirectory("relayd-pages",
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-xr-x"))));
    }

    @AfterAll
    static void removePrograms() throws IOException {
        try (Stream<Path> files = Files.walk(programs)) {
            files.sorted(Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
        }
    }

    /** What the player says of a page, its status as the last line. */
    private static List<String> play(Path page) throws Exception {
        ProcessBuilder builder = new ProcessBuilder(TREE.resolve("examples/play/play").toString(), page.toString())
                .redirectErrorStream(true);
        builder.environment().put("RELAYD_BIN", programs.toString());
        builder.environment().put("RELAYD_JAVA", System.getProperty("java.home"));
        Process player = builder.start();
        player.getOutputStream().close();
        String said = new String(player.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertTrue(player.waitFor(MINUTES, TimeUnit.MINUTES), said);
        return (said + player.exitValue()).lines().toList();
    }

    @ParameterizedTest
    @MethodSource("pages")
    void pageIsTrue(Path page) throws Exception {
        List<String> said = play(page);
        assertEquals("0", said.getLast(), () -> String.join("\n", said));
    }

    @Test
    void aPageThatIsNotTrueIsFound() throws Exception {
        Path page = Files.writeString(folder.resolve("page.md"), "```console\n$ echo one\ntwo\n$ false\n```\n");
        assertEquals(List.of("$ echo one", "one", "line 2: the page says", "two", "$ false",
                "line 4: failed; the page says", "", "not as the page says", "1"), play(page));
    }
}
