package org.relayd.runtime.platform.linux;

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
        TrackFiles files = new TrackFiles(folder.resolve("demote"));
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
        TrackFiles files = new TrackFiles(folder.resolve("demote"));
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
        TrackFiles files = new TrackFiles(folder.resolve("demote"));
        KernelException refused = assertThrows(KernelException.class, () -> files.open(Set.of("../carp")));
        assertEquals("group ../carp: not a file name", refused.getMessage());
    }

    @Test
    void aFolderThatCannotBeMadeIsNamed() throws Exception {
        Files.writeString(folder.resolve("demote"), "");
        KernelException refused = assertThrows(KernelException.class,
                () -> new TrackFiles(folder.resolve("demote/x")).open(Set.of("carp")));
        assertEquals("cannot make " + folder.resolve("demote/x"), refused.getMessage().split(": ", -1)[0]);
    }

    private String read(String group) throws Exception {
        return Files.readString(folder.resolve("demote").resolve(group));
    }
}
