package org.relayd.main;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.relayd.compiler.Environment.FileState;

class SystemEnvironmentTest {
    private final SystemEnvironment machine = new SystemEnvironment();

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
    void aFolderIsNotReadAndOddNamesAreNoFiles() {
        assertThrows(IOException.class, () -> machine.read("/"));
        assertThrows(IOException.class, () -> machine.read("a\0b"));
        assertEquals(FileState.UNREADABLE, machine.state("a\0b"));
        assertEquals(FileState.UNREADABLE, machine.state("/nosuchfile"));
    }
}
