package org.relayd.runtime.parent.service.linux;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.relayd.ir.net.IpAddress;
import org.relayd.ir.net.Port;
import org.relayd.runtime.FreePorts;
import org.relayd.runtime.RecordedLog;
import org.relayd.runtime.SocketKind;
import org.relayd.runtime.parent.OpenSocket;
import org.relayd.runtime.parent.door.Listening;
import org.relayd.runtime.parent.door.ListeningStore;
import org.relayd.runtime.parent.linux.NewSocket;
import org.relayd.runtime.parent.local.LocalFiles;
import org.relayd.runtime.parent.local.LocalSockets;
import org.relayd.runtime.parent.service.PassedSockets;
import org.relayd.runtime.platform.NatLookup;

@EnabledOnOs(OS.LINUX)
class AdoptionTest {
    private static final IpAddress LOOPBACK = IpAddress.parse("127.0.0.1").orElseThrow();
    private static final IpAddress LOOPBACK6 = IpAddress.parse("::1").orElseThrow();

    @TempDir
    private Path folder;
    private final LocalSockets sockets = new LocalSockets(SocketKind.NATIVE, NatLookup.none());
    private final RecordedLog log = new RecordedLog(false);

    private static int stream(IpAddress address, int port, boolean listens) throws Exception {
        try (NewSocket socket = NewSocket.stream(address.family())) {
            socket.onlyItsFamily();
            socket.bind(new InetSocketAddress(address.toInetAddress(), port));
            if (listens) {
                socket.listen(5);
            }
            return socket.take();
        }
    }

    private static int number(OpenSocket socket) {
        return ((OpenSocket.Descriptor) socket).number();
    }

    @Test
    void socketsThatClientsComeToAreStored() throws Exception {
        int port = FreePorts.next();
        int port6 = FreePorts.next();
        int names = FreePorts.next();
        LocalFiles files = new LocalFiles(SocketKind.NATIVE, ProcessHandle.current().pid());
        String path = folder.resolve("control").toString();
        int control;
        try (NewSocket named = NewSocket.named()) {
            named.bind(Path.of(path));
            named.listen(5);
            control = named.take();
        }
        String identity = Files.readAttributes(Path.of(path), BasicFileAttributes.class).fileKey().toString();
        try (ListeningStore store = new ListeningStore(sockets, files)) {
            Adoption.of(new PassedSockets(List.of(stream(LOOPBACK, port, true), stream(LOOPBACK6, port6, true),
                    number(sockets.bindDatagram(LOOPBACK, new Port(names))), control),
                    List.of()), store, log);
            assertEquals(
                    List.of(new Listening.Connections(LOOPBACK, new Port(port), Optional.empty()),
                            new Listening.Connections(LOOPBACK6, new Port(port6), Optional.empty()),
                            new Listening.Datagrams(LOOPBACK, new Port(names)),
                            new Listening.Named(path, identity)),
                    store.all().stream().map(ListeningStore.Held::what).toList());
            assertEquals(List.of(), log.take());
        }
    }

    @Test
    void whatNoClientComesToIsClosedWithALine() throws Exception {
        try (ListeningStore store = new ListeningStore(sockets,
                new LocalFiles(SocketKind.NATIVE, ProcessHandle.current().pid()))) {
            int bound = stream(LOOPBACK, FreePorts.next(), false);
            Adoption.of(new PassedSockets(List.of(bound, 987_654), List.of("LISTEN_FDS=x: not a number")), store, log);
            assertEquals(List.of(), store.all());
            List<String> lines = log.take();
            assertEquals("LISTEN_FDS=x: not a number", lines.get(0));
            assertEquals("descriptor " + bound + " was passed and is closed: no socket for clients", lines.get(1));
            assertTrue(lines.get(2).startsWith("descriptor 987654 was passed and cannot be used: "), lines::toString);
        }
    }
}
