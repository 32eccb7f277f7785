package org.relayd.runtime.relay.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.relayd.ir.config.Protocol.TcpSettings;
import org.relayd.ir.net.IpAddress;
import org.relayd.ir.net.Port;
import org.relayd.runtime.parent.ListenRequest;
import org.relayd.runtime.parent.OpenSocket;
import org.relayd.runtime.parent.RelayRights;
import org.relayd.runtime.parent.Rights;
import org.relayd.runtime.relay.Paths;
import org.relayd.runtime.relay.wire.Transport;
import org.relayd.runtime.relay.wire.Wire;
import org.relayd.runtime.relay.wire.KeptLimit;

/** Another process answers on a thread of its own, when it likes. */
class ForeignConnectTest {
    private static final InetSocketAddress CLIENT = new InetSocketAddress("192.0.2.1", 1024);
    private static final InetSocketAddress TARGET = new InetSocketAddress("192.0.2.2", 80);

    private final MultiThreadIoEventLoopGroup group = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
    private final StandingLoop standing = new StandingLoop(new Paths());
    private final RelayLoop loop = new RelayLoop(group.next(), standing, KeptLimit.none(), System::nanoTime);
    private final Asked asked = new Asked();
    private final List<Transport.Failure> failures = new ArrayList<>();

    /** Keeps the answer for later. */
    private static final class Asked implements RelayRights {
        private Optional<Rights.Answer<OpenSocket>> answer = Optional.empty();

        @Override
        public OpenSocket listen(ListenRequest request) throws IOException {
            throw new IOException("nobody listens");
        }

        @Override
        public void probe(ListenRequest request) throws IOException {
            throw new IOException("nobody listens");
        }

        @Override
        public OpenSocket bindDatagram(IpAddress address, Port port) throws IOException {
            throw new IOException("nobody listens");
        }

        @Override
        public void openForeign(IpAddress source, Rights.Answer<OpenSocket> from) {
            answer = Optional.of(from);
        }

        @Override
        public void natLookup(InetSocketAddress client, InetSocketAddress local,
                Rights.Answer<Optional<InetSocketAddress>> from) {
            from.given(Optional.empty());
        }
    }

    /** Nobody connects in these tests. */
    private final class Outcome implements Transport.ConnectOutcome {
        @Override
        public void connected(Wire wire) {
            throw new AssertionError("connected");
        }

        @Override
        public void failed(Transport.Failure failure) {
            failures.add(failure);
        }
    }

    private Transport.Attempt begin() {
        return ForeignConnect.begin(loop, asked, CLIENT, TARGET, TcpSettings.defaults(), new Outcome());
    }

    private void onLoop(Runnable task) throws Exception {
        group.next().submit(task).get(10, TimeUnit.SECONDS);
    }

    @AfterEach
    void close() {
        group.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
        standing.close();
    }

    @Test
    void aSocketThatComesAfterTheSessionHasEndedIsClosed() throws Exception {
        SocketChannel late = SocketChannel.open();
        Transport.Attempt attempt = begin();
        onLoop(attempt::cancel);
        asked.answer.orElseThrow().given(new OpenSocket.Channel(late));
        onLoop(() -> assertFalse(late.isOpen()));
    }

    @Test
    void aSocketThatComesAfterTheLoopHasEndedIsClosed() throws Exception {
        SocketChannel late = SocketChannel.open();
        begin();
        assertTrue(group.shutdownGracefully(0, 1, TimeUnit.SECONDS).await(10, TimeUnit.SECONDS));
        asked.answer.orElseThrow().given(new OpenSocket.Channel(late));
        assertFalse(late.isOpen());
    }

    @Test
    void aRefusalAfterTheLoopHasEndedIsForNobody() throws Exception {
        begin();
        assertTrue(group.shutdownGracefully(0, 1, TimeUnit.SECONDS).await(10, TimeUnit.SECONDS));
        asked.answer.orElseThrow().refused(new IOException("the parent process has ended"));
        assertEquals(List.of(), failures);
    }

    @Test
    void aRefusalFromAnotherThreadIsToldOnTheLoop() throws Exception {
        begin();
        asked.answer.orElseThrow().refused(new IOException("the parent process does not answer"));
        onLoop(() -> assertEquals(1, failures.size()));
    }
}
