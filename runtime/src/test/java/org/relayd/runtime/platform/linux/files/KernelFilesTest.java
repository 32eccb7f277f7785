package org.relayd.runtime.platform.linux.files;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.relayd.runtime.platform.linux.NetworkNamespace.shell;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.relayd.ir.image.RouteImage;
import org.relayd.runtime.platform.KernelException;
import org.relayd.runtime.platform.linux.LinuxRoutesTest;

/** Files that tell what a process that was killed has left in the kernel. */
class KernelFilesTest {
    /** No process has this number: the largest one is 4194304. proc_sys_kernel(5). */
    private static final String GONE = "daemon_9999999_1";

    private static final RouteImage NO_ROUTES = RouteImage.nothing();

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
        KernelFiles files = new KernelFiles(kernel(), TableOwner.of(ProcessHandle.current().pid()));
        assertEquals(Optional.empty(), files.left());
        files.set(Set.of("carp"), NO_ROUTES);
        assertEquals(1, names().size());
        assertEquals(Optional.empty(), files.left());
        files.clear();
        assertEquals(List.of(), names());
    }

    @Test
    void oneThatWasKilledHasLeftWhatItsFileSays() throws Exception {
        KernelFiles files = new KernelFiles(kernel(), TableOwner.of(ProcessHandle.current().pid()));
        files.set(Set.of("carp", "egress"), NO_ROUTES);
        String own = names().getFirst();
        Path killed = kernel().resolve(own.substring(0, own.indexOf('-') + 1) + GONE);
        Files.move(kernel().resolve(own), killed);
        Files.writeString(kernel().resolve("1-" + GONE), "other namespace\n");
        assertEquals(Optional.of(Set.of("carp", "egress")), files.left());
        files.set(Set.of("egress"), NO_ROUTES);
        assertEquals(Optional.empty(), files.left(), "it is this one's");
        assertEquals(List.of("demote egress"), Files.readAllLines(kernel().resolve(own)));
        files.clear();
        assertEquals(List.of("1-" + GONE), names());
        assertEquals(Optional.empty(), files.left());
    }

    @Test
    void routesOfADaemonThatRunsAreItsOwn() throws Exception {
        KernelFiles files = new KernelFiles(kernel(), TableOwner.of(ProcessHandle.current().pid()));
        files.set(Set.of("carp"), LinuxRoutesTest.image(7, Optional.empty(), LinuxRoutesTest.THREE, "203.0.113.7/24",
                "198.51.100.0/24"));
        assertEquals(Set.of(), files.routesOfOthers(), "this one's");
        Process other = new ProcessBuilder("sleep", "60").start();
        try {
            String own = names().getFirst();
            Path file = kernel().resolve(own.substring(0, own.indexOf('-') + 1) + "daemon_" + other.pid() + "_"
                    + shell("cut -d ' ' -f 22 /proc/" + other.pid() + "/stat").strip());
            Files.move(kernel().resolve(own), file);
            assertEquals(Set.of("203.0.113.0/24 7 8", "203.0.113.0/24 7 5", "198.51.100.0/24 7 8",
                    "198.51.100.0/24 7 5"),
                    files.routesOfOthers().stream().map(key -> key.destination() + " " + key.table() + " "
                            + key.metric()).collect(Collectors.toSet()));
            assertEquals(Optional.empty(), files.left());
        } finally {
            other.destroy();
        }
        other.waitFor();
        assertEquals(Set.of(), files.routesOfOthers());
        assertEquals(Optional.of(Set.of("carp")), files.left());
    }

    @Test
    void aFolderThatCannotBeMadeIsNamed() throws Exception {
        Files.writeString(kernel(), "");
        KernelException refused = assertThrows(KernelException.class,
                () -> new KernelFiles(kernel(), TableOwner.of(ProcessHandle.current().pid())).set(Set.of(), NO_ROUTES));
        assertTrue(
                refused.getMessage()
                        .startsWith("what a kill leaves in the kernel may stay there: cannot write " + kernel()),
                refused.getMessage());
    }
}
