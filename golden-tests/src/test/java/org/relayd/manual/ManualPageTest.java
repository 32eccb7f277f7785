package org.relayd.manual;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The pages of the manual as documents. */
class ManualPageTest {
    @Test
    void everyProgramAndFileFormatHasAPage() {
        List<String> names = ManualPage.paths().stream().map(path -> path.getFileName().toString()).toList();
        assertEquals(List.of("relayctl.8", "relayd-compile.1", "relayd.8", "relayd.conf.5"), names);
    }

    @ParameterizedTest
    @MethodSource("paths")
    void mandocHasNoWarning(Path page) throws IOException, InterruptedException {
        assumeTrue(onPath("mandoc"), "mandoc is not installed, so the pages are not checked");
        Process mandoc = new ProcessBuilder("mandoc", "-Tlint", "-Wwarning", page.toString()).redirectErrorStream(true)
                .start();
        mandoc.getOutputStream().close();
        String output = new String(mandoc.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals("", output);
        assertEquals(0, mandoc.waitFor());
    }

    @Test
    void everyLiteralBlockOfTheConfigurationSaysHowItIsCompiled() throws IOException {
        Set<String> kinds = Set.of("whole", "top", "rules", "actions", "listen", "text");
        assertEquals(List.of(), ManualPage.read("relayd.conf.5").examples().stream()
                .filter(block -> !kinds.contains(block.kind())).toList());
    }

    private static Stream<Path> paths() {
        return ManualPage.paths().stream();
    }

    private static boolean onPath(String program) {
        return Stream.of(System.getenv().getOrDefault("PATH", "").split(":"))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
    }
}
