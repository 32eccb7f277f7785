package org.relayd.runtime.control;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;
import org.relayd.ir.control.ControlCodec;
import org.relayd.ir.control.ControlReply;
import org.relayd.ir.control.ControlRequest;
import org.relayd.runtime.EngineThread;
import org.relayd.runtime.SocketKind;
import org.relayd.runtime.parent.local.LocalFiles;

@ParameterizedClass
@MethodSource("ofThisMachine")
class ControlServerTest {
    private final EngineThread engine;
    private final LocalFiles files;

    @TempDir
    private Path folder;

    static Set<SocketKind> ofThisMachine() {
        return EnumSet.of(SocketKind.PORTABLE, SocketKind.ofThisMachine());
    }

    ControlServerTest(SocketKind sockets) {
        engine = EngineThread.start(sockets);
        files = new LocalFiles(sockets, ProcessHandle.current().pid());
    }

    @AfterEach
    void stop() {
        engine.close();
    }

    private Path path() {
        return folder.resolve("relayd.sock");
    }

    private ControlServer open() throws IOException {
        return ControlServer.open(path(), files, engine, ControlServerTest::serve);
    }

    private static void serve(ControlRequest request, ControlClient client) {
        switch (request) {
            case ControlRequest.Load(String path) -> {
                for (int i = 0; i < path.length(); i++) {
                    client.send(new ControlReply.Line(path));
                }
                client.finish(new ControlReply.Done());
            }
            case ControlRequest.Stop() -> client.close();
            case ControlRequest.Monitor() -> client.send(new ControlReply.Line("open"));
            case ControlRequest.Show _,ControlRequest.Switch _,ControlRequest.Poll _,ControlRequest.Reload _,ControlRequest.SetVerbose _
                    -> client.finish(new ControlReply.Failed());
        }
    }

    private static List<ControlReply> ask(Path path, byte[] request) throws IOException {
        List<ControlReply> replies = new ArrayList<>();
        try (SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(path))) {
            channel.write(ByteBuffer.wrap(request));
            DataInputStream in = new DataInputStream(Channels.newInputStream(channel));
            for (byte[] length = in.readNBytes(4); length.length == 4; length = in.readNBytes(4)) {
                replies.add(ControlCodec.reply(in.readNBytes(ByteBuffer.wrap(length).getInt())));
            }
        }
        return replies;
    }

    private static List<ControlReply> ask(Path path, ControlRequest request) throws IOException {
        return ask(path, ControlCodec.frame(request));
    }

    @Test
    void requestsAreAnsweredInOrderThenTheConnectionCloses() throws Exception {
        try (ControlServer _ = open()) {
            List<ControlReply> replies = ask(path(), new ControlRequest.Load("x".repeat(2000)));
            assertEquals(2001, replies.size());
            assertEquals(new ControlReply.Line("x".repeat(2000)), replies.getFirst());
            assertEquals(new ControlReply.Done(), replies.getLast());
            assertEquals(List.of(), ask(path(), new ControlRequest.Stop()));
            assertEquals(List.of(new ControlReply.Failed()), ask(path(), new ControlRequest.Poll()));
        }
    }

    @Test
    void ownerAndGroupMayConnect() throws Exception {
        try (ControlServer _ = open()) {
            assertEquals("rw-rw----", PosixFilePermissions.toString(Files.getPosixFilePermissions(path())));
        }
        assertFalse(Files.exists(path()));
        try (var left = Files.list(folder)) {
            assertEquals(0, left.count());
        }
    }

    @Test
    void aStaleSocketIsReplacedButNotALivingOne() throws Exception {
        try (ServerSocketChannel dead = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            dead.bind(UnixDomainSocketAddress.of(path()));
        }
        assertTrue(Files.exists(path()));
        try (ControlServer _ = open()) {
            IOException refused = assertThrows(IOException.class, this::open);
            assertEquals("control socket " + path() + ": another relayd is running", refused.getMessage());
            assertEquals(1, ask(path(), new ControlRequest.Poll()).size());
        }
    }

    @Test
    void whatIsNoSocketIsLeftAlone() throws Exception {
        Files.writeString(path(), "precious");
        IOException refused = assertThrows(IOException.class, this::open);
        assertEquals("control socket " + path() + ": is not a socket", refused.getMessage());
        assertEquals("precious", Files.readString(path()));
    }

    @Test
    void aMissingFolderIsNamed() {
        Path missing = folder.resolve("no/relayd.sock");
        IOException refused = assertThrows(IOException.class,
                () -> ControlServer.open(missing, files, engine, ControlServerTest::serve));
        assertEquals("control socket " + missing + ": No such file or directory", refused.getMessage());
    }

    @Test
    void theSocketOfASuccessorIsNotRemoved() throws Exception {
        ControlServer old = open();
        Files.delete(path());
        try (ControlServer _ = open()) {
            old.close();
            assertEquals(1, ask(path(), new ControlRequest.Poll()).size());
        }
    }

    @Test
    void nonsenseIsRefusedOrCutOff() throws Exception {
        try (ControlServer _ = open()) {
            assertEquals(List.of(new ControlReply.Refused(
                    "relayctl and relayd are of different versions (protocol 7, not " + ControlCodec.VERSION + ")")),
                    ask(path(), new byte[]{0, 0, 0, 2, 7, 1}));
            assertEquals(List.of(new ControlReply.Refused("unknown request")),
                    ask(path(), new byte[]{0, 0, 0, 2, ControlCodec.VERSION, 99}));
            assertEquals(List.of(), ask(path(), new byte[]{0x7f, 0, 0, 0, 1}));
            assertEquals(List.of(new ControlReply.Refused("message is cut short")), ask(path(), new byte[4]));
            assertEquals(List.of(new ControlReply.Failed()), ask(path(), new ControlRequest.Poll()));
        }
    }

    @Test
    void tooManyClientsAreSentAway() throws Exception {
        List<SocketChannel> clients = new ArrayList<>();
        try (ControlServer _ = open()) {
            for (int i = 0; i < ControlServer.CLIENTS; i++) {
                SocketChannel client = SocketChannel.open(UnixDomainSocketAddress.of(path()));
                clients.add(client);
                OutputStream out = Channels.newOutputStream(client);
                out.write(ControlCodec.frame(new ControlRequest.Monitor()));
                assertEquals(0, Channels.newInputStream(client).read());
            }
            assertEquals(List.of(new ControlReply.Refused("too many clients")),
                    ask(path(), new ControlRequest.Poll()));
        } finally {
            for (SocketChannel client : clients) {
                client.close();
            }
        }
    }
}
