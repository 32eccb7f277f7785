package org.relayd.main.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/** The access log of a scenario, read line by line. Lines must come within ten seconds. */
final class AccessLines {
    private static final long PATIENCE = Duration.ofSeconds(10).toNanos();

    private final Path file;
    private int read;

    /** Begins with no lines. */
    AccessLines(Path file) throws IOException {
        this.file = file;
        Files.deleteIfExists(file);
    }

    Path file() {
        return file;
    }

    private List<String> lines() throws IOException {
        return Files.exists(file) ? Files.readAllLines(file, StandardCharsets.US_ASCII) : List.of();
    }

    /** The next line matches a regular expression. */
    void next(String pattern) throws IOException {
        long end = System.nanoTime() + PATIENCE;
        while (lines().size() <= read) {
            assertTrue(System.nanoTime() < end, () -> "no line in the access log that could match " + pattern);
            LockSupport.parkNanos(1_000_000);
        }
        String line = lines().get(read++);
        assertTrue(line.matches(pattern), () -> "access log: " + line + "\nnot: " + pattern);
    }

    /** No line comes that the script does not tell, unless it tells none. */
    void end() throws IOException {
        List<String> all = lines();
        assertEquals(List.of(), read == 0 ? List.of() : all.subList(read, all.size()));
    }
}
