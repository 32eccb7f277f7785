package org.relayd.runtime.platform.linux.files;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.relayd.runtime.platform.KernelException;

class TrackFilesTest {
    @TempDir
    private Path folder;

    @Test
    void aFileHasTheNumberOfTablesThatDemoteItsGroup() throws Exception {
        TrackFiles files = files(TableOwner.of(ProcessHandle.current().pid()));
        files.open(Set.of("carp", "egress"));
        assertEquals("0\n", read("carp"));
        files.change("carp", 1);
        files.change("carp", 1);
        files.change("egress", 1);
        assertEquals("2\n", read("carp"));
        files.change("carp", -1);
        assertEquals("1\n", read("carp"));
        files.close();
        assertEquals("0\n", read("carp"));
        assertEquals("0\n", read("egress"));
        try (Stream<Path> all = Files.list(folder.resolve("demote"))) {
            assertEquals(List.of("carp", "egress"), all.map(file -> file.getFileName().toString()).sorted().toList());
        }
    }

    @Test
    void groupsThatStayAreNotTouchedByAReload() throws Exception {
        TrackFiles files = files(TableOwner.of(ProcessHandle.current().pid()));
        files.open(Set.of("carp", "egress"));
        files.change("carp", 1);
        files.change("egress", 1);
        files.open(Set.of("carp", "wan"));
        assertEquals(List.of("1\n", "0\n", "0\n"), List.of(read("carp"), read("egress"), read("wan")));
        files.change("carp", -1);
        assertEquals("0\n", read("carp"));
    }

    @Test
    void aGroupIsNoPath() throws Exception {
        TrackFiles files = files(TableOwner.of(ProcessHandle.current().pid()));
        KernelException refused = assertThrows(KernelException.class, () -> files.open(Set.of("../carp")));
        assertEquals("group ../carp: not a file name", refused.getMessage());
    }

    @Test
    void aFolderThatCannotBeMadeIsNamed() throws Exception {
        Files.writeString(folder.resolve("demote"), "");
        KernelException refused = assertThrows(KernelException.class,
                () -> files(TableOwner.of(ProcessHandle.current().pid())).open(Set.of("carp")));
        assertEquals("cannot read " + folder.resolve("demote/carp") + ": Not a directory", refused.getMessage());
    }

    @Test
    void whatSeveralDaemonsSayIsAddedUp() throws Exception {
        TrackFiles one = files(TableOwner.of(ProcessHandle.current().pid()));
        one.open(Set.of("carp"));
        one.change("carp", 1);
        Process other = new ProcessBuilder("sleep", "60").start();
        try {
            TrackFiles two = files(owner(other));
            two.open(Set.of("carp", "wan"));
            assertEquals("1\n", read("carp"), "a start takes nothing away");
            two.change("carp", 1);
            two.change("wan", 1);
            one.change("carp", 1);
            assertEquals(List.of("3\n", "1\n"), List.of(read("carp"), read("wan")));
            two.open(Set.of("wan"));
            assertEquals(List.of("2\n", "1\n"), List.of(read("carp"), read("wan")));
            two.change("wan", 1);
        } finally {
            other.destroyForcibly();
        }
        other.waitFor();
        one.repair();
        assertEquals(List.of("2\n", "0\n"), List.of(read("carp"), read("wan")), "the other was killed");
        Files.delete(folder.resolve("demote/carp"));
        one.repair();
        assertEquals("2\n", read("carp"), "somebody removed it");
        one.close();
        assertEquals("0\n", read("carp"));
        try (Stream<Path> left = Files.list(folder.resolve("shares"))) {
            assertEquals(List.of(folder.resolve("shares/.lock")), left.toList());
        }
    }

    @Test
    void whatADaemonOfAnotherPidNamespaceSaysCounts() throws Exception {
        TrackFiles one = files(TableOwner.of(ProcessHandle.current().pid()));
        one.open(Set.of("carp"));
        Files.writeString(folder.resolve("shares/1-daemon_9999999_1"), "carp 2\n");
        one.change("carp", 1);
        assertEquals("3\n", read("carp"));
    }

    private TrackFiles files(TableOwner owner) {
        return new TrackFiles(folder.resolve("demote"), folder.resolve("shares"), owner);
    }

    private static TableOwner owner(Process process) throws Exception {
        String[] stat = Files.readString(Path.of("/proc", Long.toString(process.pid()), "stat")).split(" ", -1);
        return new TableOwner(process.pid(), Long.parseLong(stat[21]));
    }

    private String read(String group) throws Exception {
        return Files.readString(folder.resolve("demote").resolve(group));
    }
}
