package org.relayd.main.environment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.relayd.compiler.environment.Environment.FileState;
import org.relayd.ir.term.OperatingSystem;

class SystemEnvironmentTest {
    private final SystemEnvironment machine = new SystemEnvironment(OperatingSystem.ofThisMachine());

    @ParameterizedTest
    @ValueSource(strings = {"", "10.1", "10.0.0.256", "127.1", "::1", "fe80::1%nope0"})
    void whatIsNoNameDoesNotResolve(String text) {
        assertEquals(List.of(), machine.resolve(text));
    }

    @Test
    void knowsTheUsualServicesAndProtocols() {
        assertEquals(OptionalInt.of(443), machine.service("https", "tcp"));
        assertEquals(OptionalInt.of(69), machine.service("tftp", "udp"));
        assertEquals(OptionalInt.empty(), machine.service("nosuchservice", "tcp"));
        assertTrue(machine.isIpProtocol("gre"));
        assertFalse(machine.isIpProtocol("nosuchprotocol"));
    }

    @Test
    void saysWhatOthersCanRead(@TempDir Path folder) throws IOException {
        Path key = Files.createFile(folder.resolve("x.key"), PosixFilePermissions.asFileAttribute(
                PosixFilePermissions.fromString("rw-------")));
        assertEquals(Optional.empty(), machine.openMode(key.toString()));
        Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-r-----"));
        assertEquals(Optional.of("0640"), machine.openMode(key.toString()));
        assertEquals(Optional.empty(), machine.openMode("/nosuchfile"));
    }

    @Test
    void aFolderIsNotReadAndOddNamesAreNoFiles() {
        assertThrows(IOException.class, () -> machine.read("/"));
        assertThrows(IOException.class, () -> machine.read("a\0b"));
        assertEquals("File too large", assertThrows(IOException.class, () -> machine.read("/dev/zero")).getMessage());
        assertEquals(FileState.UNREADABLE, machine.state("a\0b"));
        assertEquals(FileState.UNREADABLE, machine.state("/nosuchfile"));
    }
}
