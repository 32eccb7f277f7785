package org.relayd.runtime.hce.check;

import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.epoll.EpollDatagramChannel;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.socket.SocketProtocolFamily;
import io.netty.channel.socket.nio.NioDatagramChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.channel.unix.IntegerUnixChannelOption;
import org.relayd.ir.net.IpFamily;
import org.relayd.runtime.SocketKind;
import org.relayd.runtime.system.linux.SocketNumbers;

/**
 * Makes the sockets of checks on the engine thread.
 *
 * @param loop
 *            event loop of the engine thread
 * @param kind
 *            the sockets that it takes
 */
public record CheckSockets(EventLoop loop, SocketKind kind) {
    private static final ChannelOption<Integer> TTL = new IntegerUnixChannelOption("IP_TTL",
            SocketNumbers.IPPROTO_IP, SocketNumbers.IP_TTL);
    private static final ChannelOption<Integer> HOPS = new IntegerUnixChannelOption("IPV6_UNICAST_HOPS",
            SocketNumbers.IPPROTO_IPV6, SocketNumbers.IPV6_UNICAST_HOPS);

    /** Returns a new TCP socket of one family, not connected. */
    Channel stream(IpFamily family) {
        return switch (kind) {
            case NATIVE -> new EpollSocketChannel(protocol(family));
            case PORTABLE -> new NioSocketChannel();
        };
    }

    /** Returns a new UDP socket of one family, not connected. */
    Channel datagram(IpFamily family) {
        return switch (kind) {
            case NATIVE -> new EpollDatagramChannel(protocol(family));
            case PORTABLE -> new NioDatagramChannel(protocol(family));
        };
    }

    private static SocketProtocolFamily protocol(IpFamily family) {
        return switch (family) {
            case INET -> SocketProtocolFamily.INET;
            case INET6 -> SocketProtocolFamily.INET6;
        };
    }

    /**
     * Sets how many hops packets of a socket may take.
     *
     * @throws io.netty.channel.ChannelException
     *             if the system refuses
     * @throws IllegalArgumentException
     *             if this kind of socket has no such option
     */
    void setTimeToLive(Channel channel, IpFamily family, int hops) {
        if (kind == SocketKind.PORTABLE || !channel.config().setOption(timeToLive(family), hops)) {
            throw new IllegalArgumentException("no time to live on this kind of socket");
        }
    }

    /** Returns the option that limits the hops of packets; only native sockets have it. */
    ChannelOption<Integer> timeToLive(IpFamily family) {
        return switch (family) {
            case INET -> TTL;
            case INET6 -> HOPS;
        };
    }
}
