package org.relayd.runtime.relay.udp;

import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.channel.epoll.EpollDatagramChannel;
import io.netty.channel.socket.DatagramChannel;
import io.netty.channel.socket.SocketProtocolFamily;
import io.netty.channel.socket.nio.NioDatagramChannel;
import java.net.InetSocketAddress;
import org.relayd.runtime.parent.OpenSocket;

/** Makes Netty's datagram channels: of descriptors on epoll loops, of the JDK's channels elsewhere. */
enum DatagramKind {
    EPOLL, NIO;

    /** A UDP datagram can be no longer. */
    private static final FixedRecvByteBufAllocator WHOLE = new FixedRecvByteBufAllocator(65_535);

    static DatagramKind of(OpenSocket socket) {
        return switch (socket) {
            case OpenSocket.Descriptor _ -> EPOLL;
            case OpenSocket.Channel _ -> NIO;
        };
    }

    /** Returns the channel of a bound socket. */
    static DatagramChannel bound(OpenSocket socket) {
        DatagramChannel channel = switch (socket) {
            case OpenSocket.Descriptor(int number) -> new EpollDatagramChannel(number);
            case OpenSocket.Channel(java.nio.channels.DatagramChannel jdk) -> new NioDatagramChannel(jdk);
            case OpenSocket.Channel other -> throw new IllegalArgumentException("no datagram socket: " + other);
        };
        channel.config().setRecvByteBufAllocator(WHOLE);
        return channel;
    }

    /** Returns a new channel for messages to an address. */
    DatagramChannel towards(InetSocketAddress address) {
        SocketProtocolFamily family = address.getAddress().getAddress().length == 4 ? SocketProtocolFamily.INET
                : SocketProtocolFamily.INET6;
        DatagramChannel channel = switch (this) {
            case EPOLL -> new EpollDatagramChannel(family);
            case NIO -> new NioDatagramChannel(family);
        };
        channel.config().setRecvByteBufAllocator(WHOLE);
        return channel;
    }
}
