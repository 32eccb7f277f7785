package org.relayd.runtime.parent.local;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.relayd.ir.config.Protocol.TcpSettings;
import org.relayd.ir.net.IpAddress;
import org.relayd.ir.net.IpFamily;
import org.relayd.ir.net.Port;
import org.relayd.runtime.SocketKind;
import org.relayd.runtime.parent.FileRights;
import org.relayd.runtime.parent.ListenRequest;
import org.relayd.runtime.parent.OpenSocket;
import org.relayd.runtime.parent.Rights;
import org.relayd.runtime.platform.NatLookup;

/** Makes sockets and files as the parent process does, in a process of its own that has no class of Netty. */
public final class WithoutNetty {
    private static final IpAddress LOOPBACK = IpAddress.of(InetAddress.getLoopbackAddress());

    private WithoutNetty() {}

    /** Does all of it in a folder. */
    public static void main(String... folder) throws IOException {
        LocalSockets sockets = new LocalSockets(SocketKind.NATIVE, NatLookup.none());
        TcpSettings tcp = new TcpSettings(Optional.empty(), Optional.empty(), true, OptionalInt.of(65_536),
                OptionalInt.of(5), OptionalInt.of(9), OptionalInt.of(1));
        ListenRequest request = new ListenRequest(LOOPBACK, new Port(0), tcp, true, false);
        sockets.listen(request).close();
        sockets.probe(request);
        sockets.bindDatagram(LOOPBACK, new Port(0)).close();
        refused(() -> sockets.listen(
                new ListenRequest(IpAddress.parse("192.0.2.1").orElseThrow(), new Port(0), tcp, false, false)));
        sockets.openForeign(IpAddress.parse("192.0.2.7").orElseThrow(), new Rights.Answer<>() {
            @Override
            public void given(OpenSocket socket) {
                socket.discard();
            }

            @Override
            public void refused(IOException reason) {
                System.out.println(reason.getMessage());
            }
        });
        sockets.natLookup(new InetSocketAddress(0), new InetSocketAddress(0), new Rights.Answer<>() {
            @Override
            public void given(Optional<InetSocketAddress> nothing) {
                System.out.println(nothing);
            }

            @Override
            public void refused(IOException reason) {
                System.out.println(reason.getMessage());
            }
        });
        files(Path.of(folder[0]));
        try (LocalChecks checks = new LocalChecks()) {
            checks.openEcho(IpFamily.INET).socket().close();
        } catch (IOException refused) {
            System.out.println(refused.getMessage());
        }
        System.out.println("done");
    }

    private static void files(Path folder) throws IOException {
        LocalFiles files = new LocalFiles(SocketKind.NATIVE, 1);
        String control = folder.resolve("control.sock").toString();
        FileRights.NamedSocket named = files.listenControl(control);
        refused(() -> files.listenControl(control));
        files.removeControl(control, named.identity());
        named.socket().close();
        String path = folder.resolve("access.log").toString();
        FileRights.LogFile log = files.openLog(path);
        log.file().write(ByteBuffer.wrap("one\n".getBytes(StandardCharsets.US_ASCII)));
        files.followLog(path, log.identity());
        log.file().close();
        refused(() -> log.file().close());
        refused(() -> files.openLog(folder.toString()));
        System.out.println(Files.readAllLines(Path.of(path)).equals(List.of("one")) ? "written" : "lost");
        new LocalKeys().readPublic(path);
    }

    private interface Act {
        void run() throws IOException;
    }

    private static void refused(Act act) {
        try {
            act.run();
        } catch (IOException expected) {
            System.out.println(expected.getMessage());
            return;
        }
        throw new IllegalStateException("not refused");
    }
}
