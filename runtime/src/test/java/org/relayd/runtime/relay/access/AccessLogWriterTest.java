package org.relayd.runtime.relay.access;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;
import org.relayd.ir.config.AccessLog;
import org.relayd.ir.term.AccessLogFormat;
import org.relayd.runtime.SocketKind;
import org.relayd.runtime.parent.local.LocalFiles;
import org.relayd.runtime.relay.RecordingLog;

/** The file of an access log: what is in it, who owns it, and what becomes of lines that it cannot take. */
@ParameterizedClass
@MethodSource("ofThisMachine")
class AccessLogWriterTest {
    private static final long PATIENCE = Duration.ofSeconds(10).toNanos();

    private final RecordingLog log = new RecordingLog();
    private final LocalFiles files;
    @TempDir
    private Path folder;

    static Set<SocketKind> ofThisMachine() {
        return EnumSet.of(SocketKind.PORTABLE, SocketKind.ofThisMachine());
    }

    AccessLogWriterTest(SocketKind kind) {
        files = new LocalFiles(kind, ProcessHandle.current().pid());
    }

    private AccessLogWriter writer(LineFile file) {
        return new AccessLogWriter(new AccessLog("/log", AccessLogFormat.COMBINED), file, log);
    }

    private AccessLogFile file(Path path) throws IOException {
        return AccessLogFile.open(path.toString(), files);
    }

    private AccessLogWriter started(Path path) throws IOException {
        AccessLogWriter writer = writer(file(path));
        writer.start();
        return writer;
    }

    private static AccessEntry request(String target) {
        return Entries.entry(Entries.request("GET", target, "host", "", ""));
    }

    private static void awaitText(Path path, String text) throws IOException {
        long end = System.nanoTime() + PATIENCE;
        while (!Files.exists(path) || !Files.readString(path).contains(text)) {
            assertTrue(System.nanoTime() < end, () -> path + " never had " + text);
            LockSupport.parkNanos(1_000_000);
        }
    }

    @Test
    void linesAreAppendedInOrderAndAllAreThereWhenItIsClosed() throws IOException {
        Path path = folder.resolve("access.log");
        Files.writeString(path, "before\n");
        AccessLogWriter writer = started(path);
        for (int i = 0; i < 10_000; i++) {
            writer.add(request("/" + i));
        }
        writer.close();
        List<String> lines = Files.readAllLines(path);
        assertEquals(10_001, lines.size());
        assertEquals("before", lines.getFirst());
        for (int i = 0; i < 10_000; i++) {
            assertTrue(lines.get(i + 1).contains("\"GET /" + i + " HTTP/1.1\""), lines.get(i + 1));
        }
        assertEquals(List.of(), log.lines());
    }

    @Test
    void newFilesAreForTheDaemonAndItsGroup() throws IOException {
        Path path = folder.resolve("access.log");
        file(path).close();
        String mode = PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
        assertEquals("rw-", mode.substring(0, 3));
        assertEquals("---", mode.substring(6));
        assertTrue(mode.charAt(4) == '-' && mode.charAt(5) == '-', mode);
    }

    @Test
    void whatIsNoRegularFileIsRefused() {
        assertEquals("not a regular file",
                assertThrows(IOException.class, () -> file(folder)).getMessage());
        assertEquals("not a regular file",
                assertThrows(IOException.class, () -> file(Path.of("/dev/null"))).getMessage());
        assertEquals("No such file or directory",
                assertThrows(IOException.class, () -> file(folder.resolve("no/access.log")))
                        .getMessage());
    }

    @Test
    void aFileThatWasCreatedInVainIsGone() throws IOException {
        Path path = folder.resolve("access.log");
        file(path).discard();
        assertTrue(Files.notExists(path));
        Files.writeString(path, "");
        file(path).discard();
        assertTrue(Files.exists(path));
    }

    @Test
    void aRotatedFileIsLeftWhenAskedTo() throws IOException {
        Path path = folder.resolve("access.log");
        Path old = folder.resolve("access.log.1");
        AccessLogWriter writer = started(path);
        writer.add(request("/old"));
        awaitText(path, "/old");
        Files.move(path, old);
        writer.reopen();
        awaitText(path, "");
        writer.add(request("/new"));
        writer.close();
        assertEquals(1, Files.readAllLines(old).size());
        assertTrue(Files.readString(path).contains("/new"));
    }

    @Test
    void aRotatedFileIsLeftWithinASecondEvenIfNobodyAsks() throws IOException {
        Path path = folder.resolve("access.log");
        AccessLogWriter writer = started(path);
        Files.move(path, folder.resolve("access.log.1"));
        long end = System.nanoTime() + PATIENCE;
        while (Files.notExists(path)) {
            assertTrue(System.nanoTime() < end, "the new file was never opened");
            writer.add(request("/"));
            LockSupport.parkNanos(10_000_000);
        }
        writer.close();
        assertEquals(List.of(), log.lines());
    }

    @Test
    void withoutANewFileTheOldOneGoesOn() throws IOException {
        Path sub = Files.createDirectory(folder.resolve("sub"));
        Path path = sub.resolve("access.log");
        AccessLogWriter writer = started(path);
        writer.add(request("/1"));
        awaitText(path, "/1");
        Path moved = Files.move(sub, folder.resolve("moved")).resolve("access.log");
        writer.reopen();
        log.await("warn access log /log: No such file or directory, the file that was open goes on");
        writer.add(request("/2"));
        writer.close();
        assertTrue(Files.readString(moved).contains("/2"));
    }

    @Test
    void entriesThatDoNotFitAreLostAndCounted() throws IOException {
        Path path = folder.resolve("access.log");
        AccessLogWriter writer = writer(file(path));
        for (int i = 0; i < AccessLogWriter.MOST_ENTRIES + 3; i++) {
            writer.add(request("/"));
        }
        writer.start();
        log.await("warn access log /log: too many wait to be written, lines lost: 3");
        writer.close();
        assertEquals(AccessLogWriter.MOST_ENTRIES, Files.readAllLines(path).size());
    }

    @Test
    void largeEntriesAreBoundedByTheirOctets() throws IOException {
        AccessLogWriter writer = writer(file(folder.resolve("access.log")));
        SentRequest large = Entries.request("GET", "/" + "a".repeat(1 << 20), "host", "", "");
        for (int i = 0; i < AccessLogWriter.MOST_OCTETS >> 20; i++) {
            writer.add(Entries.entry(large));
        }
        writer.start();
        log.await("warn access log /log: too many wait to be written, lines lost: 1");
        writer.close();
    }

    /** A disk that is full for some time: half of what is written arrives. */
    private static final class FullDisk implements LineFile {
        private final StringBuilder written = new StringBuilder();
        private int refusals;

        FullDisk(int refusals) {
            this.refusals = refusals;
        }

        @Override
        public void follow() {
            // It has no name.
        }

        @Override
        public void write(ByteBuffer octets) throws IOException {
            boolean full = octets.remaining() > 1 && refusals > 0;
            if (full) {
                refusals--;
                octets.limit(octets.remaining() / 2);
            }
            written.append(StandardCharsets.US_ASCII.decode(octets));
            if (full) {
                throw new IOException("No space left on device");
            }
        }

        @Override
        public void close() {
            // It stays as it is.
        }
    }

    @Test
    void aFullDiskCostsLinesAndTheNextOneIsWhole() {
        FullDisk disk = new FullDisk(1);
        AccessLogWriter writer = writer(disk);
        writer.add(request("/lost"));
        writer.start();
        log.await("warn access log /log: No space left on device, lines lost: 1");
        writer.add(request("/kept"));
        writer.close();
        String line = Entries.line(AccessLogFormat.COMBINED, request("/kept")).replaceAll("\\[.*\\]", "[]");
        assertTrue(disk.written.toString().replaceAll("\\[[^\\n]*?\\]", "[]").endsWith("\n" + line),
                disk.written.toString());
    }

    @Test
    void troubleIsToldOnceAMinute() {
        FullDisk disk = new FullDisk(Integer.MAX_VALUE);
        AccessLogWriter writer = writer(disk);
        writer.add(request("/1"));
        writer.start();
        log.await("lines lost: 1");
        for (int i = 0; i < 5; i++) {
            writer.add(request("/more"));
            LockSupport.parkNanos(1_000_000);
        }
        writer.close();
        assertEquals(List.of("warn access log /log: No space left on device, lines lost: 1",
                "warn access log /log: No space left on device, lines lost: 5"), log.lines());
    }
}
