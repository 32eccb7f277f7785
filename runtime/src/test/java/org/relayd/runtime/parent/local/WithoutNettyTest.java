package org.relayd.runtime.parent.local;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
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

    @Test
    @Timeout(60)
    void socketsAndFilesAreMadeWithoutNetty() throws Exception {
        List<String> lines = JavaWithoutNetty.run(WithoutNetty.class, folder.toString());
        assertEquals("done", lines.getLast());
        assertTrue(lines.containsAll(List.of("Cannot assign requested address", "another relayd is running",
                "Bad file descriptor", "not a regular file", "written")), lines::toString);
    }
}
