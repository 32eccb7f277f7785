package org.relayd.runtime.parent.door;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.net.ConnectException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.relayd.ir.config.Protocol.TcpSettings;
import org.relayd.ir.net.Port;
import org.relayd.runtime.FreePorts;
import org.relayd.runtime.SocketKind;
import org.relayd.runtime.parent.ListenRequest;
import org.relayd.runtime.parent.OpenSocket;
import org.relayd.runtime.parent.linux.NewSocket;
import org.relayd.runtime.parent.local.LocalFiles;
import org.relayd.runtime.parent.local.LocalSockets;
import org.relayd.runtime.platform.NatLookup;
import org.relayd.runtime.relay.Paths;
import org.relayd.runtime.system.linux.LinuxCalls;
import org.relayd.runtime.system.linux.SocketAddresses;

@EnabledOnOs(OS.LINUX)
@Timeout(30)
class ListeningStoreTest {
    @TempDir
    private Path folder;

    private final int port = FreePorts.next();
    private final ListenRequest request = DoorPlans.listener(port);
    private final ListeningStore store = new ListeningStore(new LocalSockets(SocketKind.NATIVE, NatLookup.none()),
            new LocalFiles(SocketKind.NATIVE, ProcessHandle.current().pid()));

    @AfterEach
    void close() {
        store.close();
    }

    private static void discard(int descriptor) {
        new OpenSocket.Descriptor(descriptor).discard();
    }

    private void take(ListenRequest wanted, int most) throws IOException {
        discard(store.listen(wanted, most).orElseThrow());
    }

    private boolean answers() throws IOException {
        try (Socket client = new Socket()) {
            client.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            return true;
        } catch (ConnectException refused) {
            return false;
        }
    }

    private List<Permits> plan(Paths... relays) {
        DoorPlans plans = new DoorPlans("/dev/null");
        for (Paths relay : relays) {
            plans.relay(relay);
        }
        return List.of(Permits.of(plans.build(), folder.resolve("control.sock").toString()));
    }

    @Test
    void socketsOutliveTheWorkerThatHadThem() throws Exception {
        take(request, 2);
        take(request, 2);
        assertEquals(OptionalInt.empty(), store.listen(request, 2));
        assertEquals(2, store.all().size());
        assertTrue(answers(), "the worker's duplicates are closed, the sockets are not");
        store.unclaim();
        take(request, 2);
        take(request, 2);
        assertEquals(2, store.all().size());
    }

    @Test
    void whatNobodyAsksForAgainEnds() throws Exception {
        take(request, 2);
        take(request, 2);
        store.unclaim();
        take(request, 1);
        store.keepOnly(plan(new Paths().port(port)));
        assertEquals(1, store.all().size());
        store.keepOnly(plan(new Paths().port(port).splice(false)));
        assertEquals(1, store.all().size(), "the settings of connections are not those of their listener");
        store.keepOnly(plan(new Paths().port(port).backlog(7)));
        assertEquals(0, store.all().size());
        assertFalse(answers());
    }

    @Test
    void aPortOfOursIsFreeForUsAndOneOfOthersIsNot() throws Exception {
        ListenRequest alone = new ListenRequest(DoorPlans.LOOPBACK, new Port(port), TcpSettings.defaults(), false,
                false);
        store.probe(alone);
        take(request, 1);
        store.probe(alone);
        try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            ListenRequest theirs = new ListenRequest(DoorPlans.LOOPBACK, new Port(other.getLocalPort()),
                    TcpSettings.defaults(), false, false);
            assertEquals("Address already in use",
                    assertThrows(IOException.class, () -> store.probe(theirs)).getMessage());
        }
        assertEquals(1, store.all().size());
    }

    @Test
    void aSocketThatCannotBeMadeLeavesNothing() throws Exception {
        try (ServerSocket _ = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            assertThrows(IOException.class, () -> store.listen(request, 2));
        }
        assertEquals(List.of(), store.all());
        take(request, 2);
    }

    @Test
    void datagramsAreKeptToo() throws Exception {
        discard(store.datagrams(DoorPlans.LOOPBACK, new Port(port)).orElseThrow());
        assertEquals(OptionalInt.empty(), store.datagrams(DoorPlans.LOOPBACK, new Port(port)));
        assertThrows(IOException.class, () -> new DatagramSocket(port, InetAddress.getLoopbackAddress()).close());
        store.unclaim();
        discard(store.datagrams(DoorPlans.LOOPBACK, new Port(port)).orElseThrow());
        store.keepOnly(plan(new Paths().port(port).dns()));
        assertEquals(1, store.all().size());
        store.keepOnly(plan(new Paths().port(port)));
        assertEquals(0, store.all().size());
    }

    @Test
    void thereIsOneControlSocket() throws Exception {
        Path path = folder.resolve("control.sock");
        ListeningStore.Control first = store.control(path.toString());
        ListeningStore.Control again = store.control(path.toString());
        assertEquals(first.identity(), again.identity());
        discard(first.descriptor());
        discard(again.descriptor());
        try (SocketChannel client = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            assertTrue(client.connect(UnixDomainSocketAddress.of(path)), "it waits for the next worker");
        }
        assertFalse(store.removeControl(path.toString(), "another"));
        assertFalse(store.removeControl("/etc/passwd", first.identity()));
        discard(store.control(folder.resolve("other.sock").toString()).descriptor());
        assertFalse(Files.exists(path));
        store.close();
        assertFalse(Files.exists(folder.resolve("other.sock")));
        assertEquals(List.of(), store.all());
    }

    private static void spoil(int descriptor, boolean connect) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment state = arena.allocate(Linker.Option.captureStateLayout());
            MemorySegment name = arena.allocate(SocketAddresses.SIZE);
            int length = SocketAddresses.write(new InetSocketAddress(InetAddress.getLoopbackAddress(), 9), name);
            assertEquals(0, connect ? LinuxCalls.connect(state, descriptor, name, length)
                    : LinuxCalls.shutdown(state, descriptor));
        }
        discard(descriptor);
    }

    @Test
    void whatAWorkerHasSpoiledIsMadeAnew() throws Exception {
        take(request, 2);
        spoil(store.listen(request, 2).orElseThrow(), false);
        spoil(store.datagrams(DoorPlans.LOOPBACK, new Port(port)).orElseThrow(), true);
        store.unclaim();
        assertEquals(1, store.all().size());
        take(request, 2);
        take(request, 2);
        discard(store.datagrams(DoorPlans.LOOPBACK, new Port(port)).orElseThrow());
        store.unclaim();
        assertEquals(3, store.all().size());
    }

    @Test
    void adoptedSocketsServeAllEventLoops() throws Exception {
        int theirs;
        try (NewSocket made = NewSocket.stream(request.address().family())) {
            made.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            made.listen(1);
            theirs = made.take();
        }
        store.adopt(theirs, new Listening.Connections(DoorPlans.LOOPBACK, new Port(port), Optional.empty()));
        take(request, 3);
        take(request, 3);
        take(request, 3);
        assertEquals(OptionalInt.empty(), store.listen(request, 3));
        assertEquals(List.of(theirs), store.all().stream().map(ListeningStore.Held::descriptor).toList());
        store.keepOnly(plan(new Paths().port(port)));
        assertTrue(answers());
        store.unclaim();
        assertEquals("TCP socket 127.0.0.1 port " + port,
                store.keepOnly(plan(new Paths().port(port))).getFirst().text());
        assertThrows(IOException.class, () -> store.adopt(1 << 20,
                new Listening.Datagrams(DoorPlans.LOOPBACK, new Port(port))));
    }
}
