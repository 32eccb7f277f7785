package org.relayd.runtime.parent.local;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The process that has the rights has no class of Netty. */
@EnabledOnOs(OS.LINUX)
class WithoutNettyTest {
    @TempDir
    private Path folder;

    /** Returns the class path of this process without Netty. */
    private static String classPath() {
        return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry -> !Path.of(entry).getFileName().toString().startsWith("netty"))
                .collect(Collectors.joining(File.pathSeparator));
    }

    private static List<String> run(Class<?> program, String... words) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                Stream.concat(Stream.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--enable-native-access=ALL-UNNAMED", "-Xshare:auto", "-XX:TieredStopAtLevel=1", "-cp",
                        classPath(), program.getName()), Stream.of(words)).toList())
                .redirectErrorStream(true).start();
        try {
            List<String> lines = new String(process.getInputStream().readAllBytes()).lines().toList();
            assertTrue(process.waitFor(30, TimeUnit.SECONDS));
            assertEquals(0, process.exitValue(), () -> String.join("\n", lines));
            return lines;
        } finally {
            process.destroyForcibly();
        }
    }

    @Test
    @Timeout(60)
    void socketsAndFilesAreMadeWithoutNetty() throws Exception {
        List<String> lines = run(WithoutNetty.class, folder.toString());
        assertEquals("done", lines.getLast());
        assertTrue(lines.containsAll(List.of("Cannot assign requested address", "another relayd is running",
                "Bad file descriptor", "not a regular file", "written")), lines::toString);
    }
}
