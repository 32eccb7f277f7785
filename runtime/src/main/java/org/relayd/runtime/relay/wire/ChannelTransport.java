package org.relayd.runtime.relay.wire;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.AdaptiveRecvByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.ServerChannel;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.relayd.ir.config.Protocol.TcpSettings;
import org.relayd.runtime.parent.OpenSocket;
import org.relayd.runtime.system.ErrorName;
import org.relayd.runtime.tls.TlsMemory;

/** Wires made of Netty channels on the JDK's selectors: the portable transport. */
@SuppressWarnings("FutureReturnValueIgnored") // closing needs no answer
public final class ChannelTransport implements Transport {
    /**
     * Guess and limits of one read in bytes: small for conversations, large for streams (a large
     * read costs least per byte).
     */
    private static final AdaptiveRecvByteBufAllocator READS = new AdaptiveRecvByteBufAllocator(512, 4096, 256 * 1024);
    /** A channel is writable while nothing waits. */
    private static final WriteBufferWaterMark ANYTHING = new WriteBufferWaterMark(1, 1);
    /** Milliseconds without accepting when descriptors or something else are short. */
    private static final long PAUSE = 1000;
    /** Milliseconds in which a listener accepts the last clients. */
    private static final long FINISH = 5;

    private final EventLoop loop;
    private final LingeringWires lingering;
    private Optional<TlsMemory> memory = Optional.empty();

    /** Creates the transport of a loop of the JDK's selectors. */
    public ChannelTransport(EventLoop loop) {
        this.loop = loop;
        lingering = new LingeringWires(loop);
    }

    @Override
    public Listener listen(OpenSocket socket, TcpSettings tcp, Arrivals arrivals) throws IOException {
        ServerChannel channel = listener(socket);
        channel.config().setAutoRead(false);
        channel.pipeline().addLast(new Acceptor(channel, tcp, arrivals));
        ChannelFuture registered = loop.register(channel);
        registered.addListener((ChannelFutureListener) done -> {
            if (done.isSuccess()) {
                Beginning.await(loop, arrivals, () -> channel.config().setAutoRead(true));
            }
        });
        return new Entrance(loop, channel);
    }

    /** A listening channel, which is closed without waiting for that. */
    @SuppressWarnings("FutureReturnValueIgnored")
    private record Entrance(EventLoop loop, ServerChannel channel) implements Listener {

        /** Until then those who wait are accepted, and who comes meanwhile. */
        @Override
        public void finish() {
            loop.schedule(() -> channel.close(), FINISH, TimeUnit.MILLISECONDS);
        }

        @Override
        public void close() {
            channel.close();
        }
    }

    private static ServerChannel listener(OpenSocket socket) throws IOException {
        if (socket instanceof OpenSocket.Channel(ServerSocketChannel channel)) {
            return new NioServerSocketChannel(channel);
        }
        socket.close();
        throw new IOException("not a listening socket of the JDK");
    }

    /** Takes accepted channels. */
    private final class Acceptor extends ChannelInboundHandlerAdapter {
        private final Channel listener;
        private final TcpSettings tcp;
        private final Arrivals arrivals;

        Acceptor(Channel listener, TcpSettings tcp, Arrivals arrivals) {
            this.listener = listener;
            this.tcp = tcp;
            this.arrivals = arrivals;
        }

        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            Channel accepted = (Channel) message;
            ChannelWire wire = prepare(accepted, tcp);
            loop.register(accepted).addListener(done -> {
                if (done.isSuccess()) {
                    arrivals.arrived(wire);
                } else {
                    accepted.close();
                }
            });
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            // Short of something: the connection stays in the accept queue, so reading again at once would spin.
            listener.config().setAutoRead(false);
            arrivals.deferred(Fault.of(cause));
            loop.schedule(() -> {
                if (listener.isOpen()) {
                    listener.config().setAutoRead(true);
                }
            }, PAUSE, TimeUnit.MILLISECONDS);
        }
    }

    /** Made for the first wire that speaks TLS. */
    private TlsMemory memory() {
        if (memory.isEmpty()) {
            memory = Optional.of(new TlsMemory());
        }
        return memory.get();
    }

    private ChannelWire prepare(Channel channel, TcpSettings tcp) {
        channel.config().setAutoRead(false);
        channel.config().setOption(ChannelOption.ALLOW_HALF_CLOSURE, true);
        // After a failed write what has come can still be read.
        channel.config().setAutoClose(false);
        channel.config().setRecvByteBufAllocator(READS);
        channel.config().setWriteBufferWaterMark(ANYTHING);
        SocketOptions.apply(channel.config(), tcp);
        ChannelWire wire = new ChannelWire(channel, this::memory, lingering);
        channel.pipeline().addLast(wire);
        return wire;
    }

    @Override
    public Attempt connect(InetSocketAddress address, TcpSettings tcp, ConnectOutcome outcome) {
        Bootstrap bootstrap = new Bootstrap().group(loop).channel(NioSocketChannel.class)
                .option(ChannelOption.AUTO_READ, false)
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, 0)
                .handler(new ChannelInboundHandlerAdapter());
        ChannelFuture connecting = bootstrap.register();
        Channel channel = connecting.channel();
        Pending pending = new Pending(channel, outcome);
        if (connecting.cause() != null) {
            pending.failed(connecting.cause());
            return pending;
        }
        ChannelWire wire = prepare(channel, tcp);
        channel.connect(address).addListener(done -> {
            if (done.isSuccess()) {
                pending.connected(wire);
            } else {
                pending.failed(done.cause());
            }
        });
        return pending;
    }

    /** Nothing binds sockets for connections on the systems that this transport is for. */
    @Override
    public Attempt connect(OpenSocket socket, InetSocketAddress address, TcpSettings tcp, ConnectOutcome outcome) {
        outcome.failed(Failure.unusable(socket));
        return () -> {
            // It is over.
        };
    }

    @Override
    public void expectTarget(int change) {
        // The system refuses when there are no descriptors.
    }

    @Override
    public void close() {
        lingering.close();
    }

    /** Passes the outcome on unless the attempt was given up. */
    private static final class Pending implements Attempt {
        private final Channel channel;
        private final ConnectOutcome outcome;
        private boolean cancelled;

        Pending(Channel channel, ConnectOutcome outcome) {
            this.channel = channel;
            this.outcome = outcome;
        }

        @Override
        public void cancel() {
            cancelled = true;
            if (channel.isOpen()) {
                channel.config().setOption(ChannelOption.SO_LINGER, 0);
            }
            channel.close();
        }

        void connected(ChannelWire wire) {
            if (!cancelled) {
                outcome.connected(wire);
            }
        }

        void failed(Throwable cause) {
            channel.close();
            if (!cancelled) {
                Fault fault = Fault.of(cause);
                boolean atOnce = fault.isExhaustion() || fault.is(ErrorName.ENETUNREACH);
                outcome.failed(atOnce ? Failure.atOnce(fault) : new Failure(fault, Cause.REFUSED));
            }
        }
    }
}
