package org.relayd.runtime.relay.udp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.PortUnreachableException;
import java.nio.channels.DatagramChannel;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.relayd.runtime.parent.OpenSocket;
import org.relayd.runtime.relay.Paths;
import org.relayd.runtime.relay.session.RelayLoop;
import org.relayd.runtime.relay.session.StandingLoop;
import org.relayd.runtime.relay.wire.ChannelTransport;
import org.relayd.runtime.relay.wire.KeptLimit;

/** What a DNS relay does when the system gives it no query. */
class QueryFailureTest {
    private final MultiThreadIoEventLoopGroup group = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
    private final StandingLoop standing = new StandingLoop(new Paths().to(9).dns());
    private DnsRelay relay;

    @BeforeEach
    void open() throws Exception {
        DatagramChannel socket = DatagramChannel.open()
                .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        socket.configureBlocking(false);
        RelayLoop loop = new RelayLoop(group.next(), new ChannelTransport(group.next()), KeptLimit.none(),
                System::nanoTime);
        relay = DnsRelay.open(standing.relay(), loop, new OpenSocket.Channel(socket));
    }

    @AfterEach
    void close() {
        relay.close();
        standing.close();
        group.shutdownGracefully(0, 5, TimeUnit.SECONDS).awaitUninterruptibly();
    }

    private boolean reads() {
        return relay.channel().config().isAutoRead();
    }

    private void fail(IOException failure) throws Exception {
        group.next().submit(() -> relay.channel().pipeline().fireExceptionCaught(failure)).get(5, TimeUnit.SECONDS);
    }

    @Test
    void aFailureThatLastsIsToldAndNothingIsReadForASecond() throws Exception {
        fail(new IOException("No buffer space available"));
        assertFalse(reads());
        assertEquals(List.of("warn relay r: cannot receive queries: No buffer space available"),
                standing.log().lines().stream().filter(line -> line.contains("queries")).toList());
        long end = System.nanoTime() + Duration.ofSeconds(10).toNanos();
        while (!reads() && System.nanoTime() < end) {
            LockSupport.parkNanos(1_000_000);
        }
        assertTrue(reads());
    }

    @Test
    void anAnswerThatDidNotArriveIsNoReasonToWait() throws Exception {
        fail(new PortUnreachableException());
        assertTrue(reads());
        standing.log().awaitLine("debug relay r: Connection refused");
    }
}
