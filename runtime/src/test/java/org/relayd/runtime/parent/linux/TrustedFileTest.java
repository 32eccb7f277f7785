package org.relayd.runtime.parent.linux;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** relayctl(8), load: files that only their owner can have written. */
@EnabledOnOs(OS.LINUX)
class TrustedFileTest {
    private static final byte[] TEXT = "relay".getBytes(StandardCharsets.US_ASCII);

    @TempDir
    private Path folder;

    private Path file(String permissions) throws IOException {
        Path file = Files.write(folder.resolve("relayd.conf"), TEXT);
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));
    }

    private static String refused(Path path) {
        return assertThrows(IOException.class, () -> TrustedFile.read(path, 10)).getMessage();
    }

    private static long descriptors() throws IOException {
        try (Stream<Path> open = Files.list(Path.of("/proc/self/fd"))) {
            return open.count();
        }
    }

    @Test
    void ownFilesAreRead() throws IOException {
        assertArrayEquals(TEXT, TrustedFile.read(file("rw-r--r--"), TEXT.length));
        Path link = Files.createSymbolicLink(folder.resolve("link"), Path.of("relayd.conf"));
        assertArrayEquals(TEXT, TrustedFile.read(link, TEXT.length));
    }

    @Test
    void filesThatOthersCanWriteAreRefused() throws IOException {
        assertEquals("others can write it, so it is not trusted", refused(file("rw-rw-r--")));
        assertEquals("others can write it, so it is not trusted", refused(file("rw-r---w-")));
    }

    @Test
    @Tag("netns")
    void filesOfOthersAreRefused() throws IOException {
        Path file = file("rw-------");
        Files.setAttribute(file, "unix:uid", 65534);
        assumeTrue(Files.getAttribute(file, "unix:uid").equals(65534));
        assertEquals("it belongs to another user, so it is not trusted", refused(file));
    }

    @Test
    void missingFilesAreRefusedInTheSystemsWords() {
        assertEquals("No such file or directory", refused(folder.resolve("missing")));
    }

    @Test
    void longFilesAreRefused() throws IOException {
        Path file = file("rw-------");
        assertEquals("File too large",
                assertThrows(IOException.class, () -> TrustedFile.read(file, TEXT.length - 1)).getMessage());
    }

    @Test
    @Timeout(10)
    void otherKindsOfFilesAreNotEvenOpened() throws Exception {
        Path pipe = folder.resolve("pipe");
        Process made = new ProcessBuilder("mkfifo", "-m", "600", pipe.toString()).start();
        assertTrue(made.waitFor(5, TimeUnit.SECONDS));
        assertEquals("no regular file", refused(pipe));
        assertEquals("no regular file", refused(folder));
        assertEquals("no regular file", refused(Path.of("/dev/zero")));
    }

    @Test
    void nothingStaysOpen() throws IOException {
        refused(Path.of("/dev/zero"));
        long before = descriptors();
        Path file = file("rw-------");
        for (int i = 0; i < 20; i++) {
            TrustedFile.read(file, TEXT.length);
            refused(folder);
            refused(folder.resolve("missing"));
        }
        assertEquals(before, descriptors());
    }

    /** Whoever changes what a name means while it is read gets one file or a refusal, and never the other's text. */
    @Test
    void aNameThatChangesIsLookedUpOnce() throws Exception {
        Path good = file("rw-------");
        Path bad = Files.writeString(folder.resolve("bad"), "secret");
        Files.setPosixFilePermissions(bad, PosixFilePermissions.fromString("rw-rw-rw-"));
        Path name = folder.resolve("name");
        Thread changing = Thread.ofPlatform().daemon().start(() -> {
            try {
                for (int i = 0; !Thread.currentThread().isInterrupted(); i++) {
                    Path fresh = Files.createSymbolicLink(folder.resolve("fresh"), i % 2 == 0 ? good : bad);
                    Files.move(fresh, name, StandardCopyOption.REPLACE_EXISTING);
                }
            } catch (IOException ended) {
                throw new UncheckedIOException(ended);
            }
        });
        int read = 0;
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(2);
        while (System.nanoTime() < end && read < 2000) {
            try {
                assertArrayEquals(TEXT, TrustedFile.read(name, 10));
                read++;
            } catch (IOException refused) {
                assertTrue(refused.getMessage().matches("others can write it.*|No such file or directory"),
                        refused::getMessage);
            }
        }
        changing.interrupt();
        changing.join();
        assertTrue(read > 0);
    }
}
