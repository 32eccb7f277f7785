package org.relayd.runtime.parent.local;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Runs programs that find no class of Netty, as the process that has the rights. */
public final class JavaWithoutNetty {
    private JavaWithoutNetty() {}

    /** Returns the class path of this process without Netty. */
    private static String classPath() {
        return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry -> !Path.of(entry).getFileName().toString().startsWith("netty"))
                .collect(Collectors.joining(File.pathSeparator));
    }

    /** Runs a main class; returns its lines. It has to end well. */
    public static List<String> run(Class<?> program, String... words) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                Stream.concat(Stream.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--enable-native-access=ALL-UNNAMED", "-Xshare:auto", "-XX:TieredStopAtLevel=1", "-cp",
                        classPath(), program.getName()), Stream.of(words)).toList())
                .redirectErrorStream(true).start();
        try {
            List<String> lines = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).lines()
                    .toList();
            assertTrue(process.waitFor(30, TimeUnit.SECONDS));
            assertEquals(0, process.exitValue(), () -> String.join("\n", lines));
            return lines;
        } finally {
            process.destroyForcibly();
        }
    }
}
