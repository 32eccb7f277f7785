package org.relayd.runtime.system.linux;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.lang.foreign.Arena;
import java.lang.foreign.Linker;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.relayd.runtime.system.SystemException;

@EnabledOnOs(OS.LINUX)
class DescriptorsTest {
    @TempDir
    private Path folder;

    private int open(Path file) {
        try (Arena arena = Arena.ofConfined()) {
            return LinuxCalls.openToAppend(arena.allocate(Linker.Option.captureStateLayout()),
                    arena.allocateFrom(file.toString()), 0600, true);
        }
    }

    private static ByteBuffer text(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII));
    }

    @Test
    void writesWhatRemainsOfHeapAndOtherMemory() throws Exception {
        Path file = folder.resolve("file");
        int number = open(file);
        ByteBuffer part = text("-one-").position(1).limit(4);
        Descriptors.write(number, part);
        assertEquals(0, part.remaining());
        Descriptors.write(number, ByteBuffer.allocateDirect(4).put(text("-two")).flip().position(1));
        Descriptors.write(number, text(""));
        Descriptors.write(number, text("three").asReadOnlyBuffer());
        Descriptors.close(number);
        assertEquals("onetwothree", Files.readString(file));
    }

    @Test
    void aDuplicateOutlivesTheFirst() throws Exception {
        Path file = folder.resolve("file");
        int first = open(file);
        int second = Descriptors.duplicate(first);
        assertNotEquals(first, second);
        Descriptors.close(first);
        Descriptors.write(second, text("x"));
        Descriptors.close(second);
        assertEquals("x", Files.readString(file));
    }

    @Test
    void theSystemsWordsAreKept() throws Exception {
        assertEquals("Bad file descriptor",
                assertThrows(SystemException.class, () -> Descriptors.duplicate(1 << 20)).getMessage());
        int full = open(Path.of("/dev/full"));
        assertEquals(28, assertThrows(SystemException.class, () -> Descriptors.write(full, text("x"))).errno()
                .number());
        Descriptors.close(full);
    }
}
