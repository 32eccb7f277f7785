package org.relayd.runtime.relay;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.relayd.ir.net.IpAddress;
import org.relayd.ir.net.Port;
import org.relayd.ir.plan.RelayGraph;
import org.relayd.ir.plan.RelayNode.TargetSource;
import org.relayd.ir.term.ProxyProtocol;
import org.relayd.runtime.SocketKind;
import org.relayd.runtime.parent.ListenRequest;
import org.relayd.runtime.parent.local.LocalSockets;
import org.relayd.runtime.parent.OpenSocket;
import org.relayd.runtime.parent.RelayRights;
import org.relayd.runtime.parent.Rights;
import org.relayd.runtime.platform.NatLookup;

/**
 * Targets that the client names by where it connects to. relayd.conf(5): RELAYS, {@code destination} and
 * {@code nat lookup}.
 */
class MeantTargetTest {

    /** Has no packet filter: the test says what was translated, and which sockets there are for foreign addresses. */
    private static final class KnownTargets implements RelayRights {
        private final LocalSockets local = new LocalSockets(SocketKind.ofThisMachine(), NatLookup.none());
        private Optional<InetSocketAddress> meant = Optional.empty();
        private Optional<IpAddress> asked = Optional.empty();
        private Optional<OpenSocket> foreign = Optional.empty();

        @Override
        public OpenSocket listen(ListenRequest request) throws IOException {
            return local.listen(
                    new ListenRequest(request.address(), request.port(), request.tcp(), request.shared(), false));
        }

        @Override
        public void probe(ListenRequest request) throws IOException {
            listen(request).close();
        }

        @Override
        public OpenSocket bindDatagram(IpAddress address, Port port) throws IOException {
            return local.bindDatagram(address, port);
        }

        @Override
        public synchronized void openForeign(IpAddress source, Rights.Answer<OpenSocket> answer) {
            asked = Optional.of(source);
            Thread.ofVirtual().start(() -> foreign.ifPresentOrElse(answer::given,
                    () -> answer.refused(new IOException("Operation not permitted"))));
        }

        @Override
        public void natLookup(InetSocketAddress client, InetSocketAddress localAddress,
                Rights.Answer<Optional<InetSocketAddress>> answer) {
            answer.given(meant);
        }
    }

    private static void servedBy(ServerSocket server, Paths path, KnownTargets rights) throws Exception {
        try (RunningEngine engine = RunningEngine.with(rights, path); Socket client = Peers.connect(path.port());
                Socket target = Peers.accept(server)) {
            Peers.send(client, "hello");
            assertEquals("hello", Peers.read(target, 5));
            assertEquals(1, engine.engine().sessions().size());
        }
    }

    private static String refusal(Paths path, KnownTargets rights) throws Exception {
        try (RunningEngine engine = RunningEngine.with(rights, path); Socket client = Peers.connect(path.port())) {
            assertEquals("", Peers.readAll(client));
            return engine.log().await("session 1 (").replaceFirst(".*-> :?[0-9.:]*", "");
        }
    }

    @Test
    void aTranslatedAddressIsTheTarget() throws Exception {
        try (ServerSocket server = Peers.listen()) {
            KnownTargets rights = new KnownTargets();
            rights.meant = Optional
                    .of(new InetSocketAddress(InetAddress.getLoopbackAddress(), server.getLocalPort()));
            servedBy(server, new Paths().source(TargetSource.NAT_LOOKUP), rights);
        }
    }

    @Test
    void withoutATranslationTheOtherTargetServes() throws Exception {
        try (ServerSocket server = Peers.listen()) {
            servedBy(server, new Paths().to(server.getLocalPort()).source(TargetSource.NAT_LOOKUP), new KnownTargets());
            servedBy(server, new Paths().to(server.getLocalPort()).source(TargetSource.DESTINATION),
                    new KnownTargets());
        }
    }

    @Test
    void withoutAnyTargetTheSessionEndsWithTheReason() throws Exception {
        assertEquals(", session NAT lookup failed: No route to host",
                refusal(new Paths().source(TargetSource.NAT_LOOKUP), new KnownTargets()));
        assertEquals(", session aborted: Too many levels of connections",
                refusal(new Paths().source(TargetSource.DESTINATION), new KnownTargets()));
    }

    @Test
    void aSocketWithTheClientsAddressIsAskedFor() throws Exception {
        try (ServerSocket server = Peers.listen()) {
            KnownTargets rights = new KnownTargets();
            String end = refusal(new Paths().to(server.getLocalPort()).transparent(), rights);
            assertEquals(", session failed: No route to host", end);
            assertEquals(IpAddress.parse("127.0.0.1"), rights.asked);
        }
    }

    @Test
    void datagramsAreRefusedAtTheStart() {
        assertEquals(List.of("relay \"d\": transparent forward of datagrams",
                "relay \"d\": proxy-protocol of datagrams", "relay \"d\": forward to nat lookup of datagrams"),
                RelaySupport.unsupported(new RelayGraph(1, List.of(new Paths().dns().transparent()
                        .proxy(ProxyProtocol.V1).source(TargetSource.NAT_LOOKUP).build("d", 1))), SocketKind.NATIVE));
        assertEquals(List.of(), RelaySupport.unsupported(new RelayGraph(1,
                List.of(new Paths().transparent().source(TargetSource.DESTINATION).build("t", 1))), SocketKind.NATIVE));
    }
}
