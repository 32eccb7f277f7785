package org.relayd.runtime.parent.local;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.relayd.runtime.parent.KeyRights;

class LocalKeyFilesTest {
    private final KeyRights keys = new LocalKeyFiles();

    @TempDir
    Path folder;

    @Test
    void wholeFilesAreRead() throws Exception {
        byte[] longest = new byte[KeyRights.LONGEST_FILE];
        longest[KeyRights.LONGEST_FILE - 1] = 7;
        Path file = Files.write(folder.resolve("a.key"), longest);
        assertArrayEquals(longest, keys.readKey(file.toString()));
        assertArrayEquals(longest, keys.readPublic(file.toString()));
        assertArrayEquals(new byte[0], keys.readPublic(Files.createFile(folder.resolve("empty")).toString()));
    }

    @Test
    void whatIsNoFileOfThatKindIsRefusedInTheWordsOfTheSystem() throws Exception {
        Path longer = Files.write(folder.resolve("long"), new byte[KeyRights.LONGEST_FILE + 1]);
        assertRefused("File too large", longer.toString());
        assertRefused("No such file or directory", folder.resolve("none").toString());
        assertRefused("No such file or directory", "a\0b");
        assertRefused("not a regular file", folder.toString());
        assertRefused("not a regular file", "/dev/zero");
    }

    private void assertRefused(String words, String path) {
        assertEquals(words, assertThrows(IOException.class, () -> keys.readKey(path)).getMessage());
        assertEquals(words, assertThrows(IOException.class, () -> keys.readPublic(path)).getMessage());
    }
}
