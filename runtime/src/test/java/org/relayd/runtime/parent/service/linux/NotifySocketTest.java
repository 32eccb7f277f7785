package org.relayd.runtime.parent.service.linux;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.relayd.runtime.parent.link.linux.Message;
import org.relayd.runtime.parent.service.Mailbox;
import org.relayd.runtime.system.linux.Descriptors;
import org.relayd.runtime.system.linux.LinuxCalls;
import org.relayd.runtime.system.linux.SocketNumbers;

@EnabledOnOs(OS.LINUX)
class NotifySocketTest {
    @TempDir
    private Path folder;

    /** Sends a message to a name, with a descriptor where one is wanted. Returns the text that arrives. */
    private static String through(String name, List<Integer> descriptors) throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment state = arena.allocate(Linker.Option.captureStateLayout());
            int manager = LinuxCalls.socket(state, SocketNumbers.AF_UNIX, SocketNumbers.DGRAM, 0);
            UnixName.Address address = new UnixName(name).address(arena);
            assertEquals(0, LinuxCalls.bind(state, manager, address.octets(), address.length()));
            try {
                NotifySocket.of(Map.of("NOTIFY_SOCKET", name)).send("READY=1\n", descriptors);
                Message message = new Message();
                Message.Received received = message.receive(manager, 100, true);
                assertEquals(!descriptors.isEmpty(), received.descriptor().isPresent());
                if (received.descriptor().isPresent()) {
                    Descriptors.close(received.descriptor().getAsInt());
                }
                byte[] octets = new byte[received.count()];
                message.get(octets, 0, octets.length);
                return new String(octets, StandardCharsets.UTF_8);
            } finally {
                Descriptors.close(manager);
            }
        }
    }

    @Test
    void messagesGoToANameInTheFileSystemOrOutside() throws Exception {
        assertEquals("READY=1\n", through(folder.resolve("notify").toString(), List.of()));
        assertEquals("READY=1\n", through("@relayd-test-" + ProcessHandle.current().pid(), List.of()));
    }

    @Test
    void aDescriptorGoesWithAMessage() throws Exception {
        assertEquals("READY=1\n", through(folder.resolve("notify").toString(), List.of(2)));
    }

    @Test
    void whereNobodyListensTheSystemSaysSo() throws Exception {
        Mailbox mailbox = NotifySocket.of(Map.of("NOTIFY_SOCKET", folder.resolve("none").toString()));
        IOException refused = assertThrows(IOException.class, () -> mailbox.send("READY=1\n", List.of()));
        assertTrue(refused.getMessage().contains("No such file or directory"), refused::getMessage);
        assertThrows(IOException.class,
                () -> NotifySocket.of(Map.of("NOTIFY_SOCKET", "vsock:2:1")).send("READY=1\n", List.of()));
        NotifySocket.of(Map.of()).send("READY=1\n", List.of());
    }
}
