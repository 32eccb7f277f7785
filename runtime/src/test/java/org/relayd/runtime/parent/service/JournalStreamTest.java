package org.relayd.runtime.parent.service;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JournalStreamTest {
    @TempDir
    private Path folder;

    @Test
    void aStreamIsTheJournalIfDeviceAndInodeSaySo() throws Exception {
        Path stream = Files.createFile(folder.resolve("stream"));
        String both = Files.getAttribute(stream, "unix:dev") + ":" + Files.getAttribute(stream, "unix:ino");
        assertTrue(JournalStream.is(Map.of("JOURNAL_STREAM", both), stream));
        Path link = Files.createSymbolicLink(folder.resolve("link"), stream);
        assertTrue(JournalStream.is(Map.of("JOURNAL_STREAM", both), link));
        assertFalse(JournalStream.is(Map.of("JOURNAL_STREAM", both + "0"), stream));
        assertFalse(JournalStream.is(Map.of(), stream));
        assertFalse(JournalStream.is(Map.of("JOURNAL_STREAM", both), folder.resolve("closed")));
    }
}
