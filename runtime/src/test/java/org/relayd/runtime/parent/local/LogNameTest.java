package org.relayd.runtime.parent.local;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.relayd.runtime.SocketKind;
import org.relayd.runtime.parent.FileRights.LogFile;

@EnabledOnOs(OS.LINUX)
class LogNameTest {
    @TempDir
    private Path folder;

    private Path logs(String mode) throws IOException {
        Path logs = Files.createDirectory(folder.resolve("logs"));
        Files.setPosixFilePermissions(logs, PosixFilePermissions.fromString(mode));
        return logs;
    }

    @Test
    void aLinkIsFollowedWhereOnlyItsOwnerCouldMakeIt() throws Exception {
        Path target = folder.resolve("target");
        Path link = Files.createSymbolicLink(logs("rwxr-xr-x").resolve("www.log"), target);
        LogFile log = LogName.of(link.toString()).open(SocketKind.NATIVE);
        log.file().write(ByteBuffer.wrap("line\n".getBytes(StandardCharsets.US_ASCII)));
        log.file().close();
        assertEquals("line\n", Files.readString(target));
    }

    @Test
    void nobodyHasLinesWrittenElsewhere() throws Exception {
        Path precious = Files.writeString(folder.resolve("precious"), "mine\n");
        Path logs = logs("rwxrwx---");
        Path link = Files.createSymbolicLink(logs.resolve("www.log"), precious);
        assertEquals("a symbolic link in a folder that others can change",
                assertThrows(IOException.class, () -> LogName.of(link.toString()).open(SocketKind.NATIVE))
                        .getMessage());
        Path dangling = Files.createSymbolicLink(logs.resolve("new.log"), folder.resolve("made"));
        assertThrows(IOException.class, () -> LogName.of(dangling.toString()).open(SocketKind.NATIVE));
        assertFalse(Files.exists(folder.resolve("made")));
        LogName.of(logs.resolve("plain.log").toString()).open(SocketKind.NATIVE).file().close();
    }
}
