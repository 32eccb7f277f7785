package org.relayd.runtime.platform.linux;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.relayd.runtime.platform.KernelException;

/** Files that tell what a process that was killed has left in the kernel. */
class KernelFilesTest {
    /** No process has this number: the largest one is 4194304. proc_sys_kernel(5). */
    private static final String GONE = "daemon_9999999_1";

    @TempDir
    private Path folder;

    private Path kernel() {
        return folder.resolve("kernel");
    }

    private List<String> names() throws Exception {
        try (Stream<Path> all = Files.list(kernel())) {
            return all.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    @Test
    void aProcessThatRunsHasLeftNothing() throws Exception {
        KernelFiles files = new KernelFiles(kernel());
        assertEquals(Optional.empty(), files.left());
        files.set(Set.of("carp"));
        assertEquals(1, names().size());
        assertEquals(Optional.empty(), files.left());
        files.clear();
        assertEquals(List.of(), names());
    }

    @Test
    void oneThatWasKilledHasLeftWhatItsFileSays() throws Exception {
        KernelFiles files = new KernelFiles(kernel());
        files.set(Set.of("carp", "egress"));
        String own = names().getFirst();
        Path killed = kernel().resolve(own.substring(0, own.indexOf('-') + 1) + GONE);
        Files.move(kernel().resolve(own), killed);
        Files.writeString(kernel().resolve("1-" + GONE), "other namespace\n");
        assertEquals(Optional.of(Set.of("carp", "egress")), files.left());
        files.set(Set.of());
        assertEquals(Optional.of(Set.of("carp", "egress")), files.left(), "until it is removed");
        files.clear();
        assertEquals(List.of("1-" + GONE), names());
        assertEquals(Optional.empty(), files.left());
    }

    @Test
    void aFolderThatCannotBeMadeIsNamed() throws Exception {
        Files.writeString(kernel(), "");
        KernelException refused = assertThrows(KernelException.class,
                () -> new KernelFiles(kernel()).set(Set.of()));
        assertEquals("cannot write " + kernel(), refused.getMessage().substring(0,
                ("cannot write " + kernel()).length()));
    }
}
