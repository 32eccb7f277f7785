package org.relayd.packaging;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The daemon as it is installed, and other people's TLS: the scripts of {@code relayd-main/src/test/interop}, in a
 * network namespace of their own. A small part of what they can do; its README says how to run all of it.
 */
@Tag("netns")
class TlsInteropIT {
    private static final Path TREE = Path.of(System.getProperty("relayd.tree"));
    private static final long SECONDS = 300;

    @TempDir
    private Path folder;

    /** Runs one part, which must see nothing but what it expects. */
    private void run(String part, Map<String, String> environment, String... more) throws Exception {
        assumeTrue(Stream.of("python3", "openssl", "curl").allMatch(TlsInteropIT::isInstalled),
                "python3, openssl and curl are needed");
        Path log = folder.resolve("log");
        List<String> command = Stream.concat(Stream.of("unshare", "--net", "sh", "-c",
                "ip link set lo up && exec \"$@\"", "sh", "timeout", Long.toString(SECONDS), "python3",
                TREE.resolve("relayd-main/src/test/interop/run.py").toString(), "--only", part), Stream.of(more))
                .toList();
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile())
                .redirectInput(Path.of("/dev/null").toFile());
        builder.environment().put("RELAYD_JAVA", System.getProperty("java.home"));
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        builder.environment().put("PYTHONDONTWRITEBYTECODE", "1");
        builder.environment().putAll(environment);
        Process process = builder.start();
        try {
            assertTrue(process.waitFor(SECONDS + 10, TimeUnit.SECONDS), () -> part + " does not end: " + text(log));
            assertEquals(0, process.exitValue(), () -> part + ": " + text(log));
        } finally {
            process.destroyForcibly();
        }
    }

    private static boolean isInstalled(String program) {
        return Stream.of(System.getenv("PATH").split(":")).anyMatch(folder -> Files.isExecutable(Path.of(folder,
                program)));
    }

    private static String text(Path log) {
        try {
            return Files.readString(log);
        } catch (IOException failed) {
            return failed.toString();
        }
    }

    @Test
    void opensslSeesWhatEachCellOfTheMatrixSays() throws Exception {
        run("matrix", Map.of(), "--part", "37");
    }

    @Test
    void otherClientsAndProxiesGetTheSameBytes() throws Exception {
        run("clients", Map.of("INTEROP_MIB", "1"));
    }

    @Test
    void hostileBytesAreRefused() throws Exception {
        run("hostile", Map.of());
    }

    @Test
    void certificatesChangeUnderLoad() throws Exception {
        run("reload", Map.of());
    }
}
