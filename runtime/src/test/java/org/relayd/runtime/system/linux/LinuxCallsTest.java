package org.relayd.runtime.system.linux;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

@EnabledOnOs(OS.LINUX)
class LinuxCallsTest {
    private static final long SIZE = 256L << 20;

    @Test
    void pagesAreThereOnceTheyAreUsed() throws IOException {
        long before = resident();
        MemorySegment memory = LinuxCalls.pages(SIZE);
        assertEquals(SIZE, memory.byteSize());
        assertEquals(0, memory.get(ValueLayout.JAVA_LONG, 0));
        memory.set(ValueLayout.JAVA_BYTE, SIZE - 1, (byte) 1);
        assertEquals(1, memory.get(ValueLayout.JAVA_BYTE, SIZE - 1));
        // Other tests of this process take memory meanwhile, too.
        assertTrue(resident() - before < SIZE / 2);
        assertThrows(IndexOutOfBoundsException.class, () -> memory.get(ValueLayout.JAVA_BYTE, SIZE));
    }

    @Test
    void thereMayBeNone() {
        assertThrows(OutOfMemoryError.class, () -> LinuxCalls.pages(1L << 60));
    }

    /** Bytes of this process in memory; proc_pid_status(5). */
    private static long resident() throws IOException {
        String line = Files.readAllLines(Path.of("/proc/self/status")).stream().filter(one -> one.startsWith("VmRSS:"))
                .findFirst().orElseThrow();
        return Long.parseLong(line.replaceAll("\\D", "")) << 10;
    }
}
