package org.relayd.main.parent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.OptionalInt;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.relayd.ir.image.KernelImage;
import org.relayd.runtime.SocketKind;
import org.relayd.runtime.parent.door.ListeningStore;
import org.relayd.runtime.parent.local.LocalRights;
import org.relayd.runtime.parent.service.linux.PacketSocket;
import org.relayd.runtime.platform.NatLookup;
import org.relayd.runtime.relay.RecordingLog;

/** Who may ask for the sockets of a daemon. */
class TakeOverDeskTest {
    private static final Path PERL = Path.of("/usr/bin/perl");
    private static final Path SETPRIV = Path.of("/usr/bin/setpriv");
    /** Asks as a daemon does, over SOCK_SEQPACKET, and says what it hears, or why it cannot ask. */
    private static final String ASK = """
            use Socket;
            socket(S, AF_UNIX, SOCK_SEQPACKET, 0) and connect(S, pack_sockaddr_un($ARGV[0])) or print("$!"), exit;
            send(S, "relayd take-over 1", 0);
            recv(S, $answer, 1000, 0);
            print $answer;
            """;

    @TempDir
    private Path folder;
    private Path path;
    private ListeningStore sockets;
    private TakeOverDesk desk;

    @BeforeEach
    void open() throws IOException {
        assumeTrue(ParentDaemon.isForHere(), "only root's parent has a desk");
        path = TakeOverDesk.of(folder.resolve("relayd.sock").toString());
        LocalRights rights = new LocalRights(new KernelImage.Unheeded(List.of()), RandomGenerator.getDefault(),
                SocketKind.NATIVE, NatLookup.none());
        sockets = new ListeningStore(rights.relays(), rights.files());
        desk = TakeOverDesk.open(path, new TakeOverDesk.Parts(sockets, () -> List.of("a host"), () -> {
            throw new AssertionError("nobody has come to serve");
        }, new RecordingLog()));
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    @AfterEach
    void close() throws IOException {
        desk.close();
        sockets.close();
    }

    private String heardByNobody() throws Exception {
        assumeTrue(Files.isExecutable(PERL) && Files.isExecutable(SETPRIV), "no setpriv, or no perl");
        Process asking = new ProcessBuilder(SETPRIV.toString(), "--reuid=65534", "--regid=65534", "--clear-groups",
                PERL.toString(), "-e", ASK, path.toString()).redirectErrorStream(true).start();
        String heard = new String(asking.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, asking.waitFor(), heard);
        return heard;
    }

    @Test
    void anotherUserIsRefusedByTheNameAndByWhoItIs() throws Exception {
        assertEquals("Permission denied", heardByNobody());
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rw-rw-rw-"));
        assertEquals("refused only root may take over", heardByNobody());
    }

    @Test
    void rootIsTold() throws Exception {
        try (PacketSocket root = PacketSocket.connect(path)) {
            root.send(TakeOver.ASK, OptionalInt.empty());
            assertEquals("state a host", root.receive().orElseThrow().text());
            assertEquals("all", root.receive().orElseThrow().text());
        }
    }
}
