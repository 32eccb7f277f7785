package org.relayd.runtime.hce.check;

import io.netty.channel.Channel;
import io.netty.channel.ChannelException;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.socket.DatagramPacket;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.relayd.ir.config.HostId;
import org.relayd.ir.net.IpAddress;
import org.relayd.ir.net.IpFamily;
import org.relayd.ir.term.CheckResult;

/** Sends the ICMP echo requests of one address family and hands out the answers. Engine thread only. */
@SuppressWarnings("FutureReturnValueIgnored") // closing a socket needs no answer
final class EchoChannel extends SimpleChannelInboundHandler<DatagramPacket> {
    /** Told how a request ended. */
    @FunctionalInterface
    interface Waiting {
        void ended(CheckResult result);
    }

    private record Expected(IpAddress from, int sequence, Waiting waiting) {}

    private final CheckSockets sockets;
    private final Channel channel;
    private final IpFamily family;
    private final boolean raw;
    private final int id;
    private final int usualHops;
    private final Map<HostId, Expected> expected = new HashMap<>();
    private int hops;
    private int sequence;

    /**
     * Takes over an open channel.
     *
     * @param raw
     *            whether answers have identifiers of our choice and, over IPv4, IP headers
     * @param id
     *            identifier of the requests, 16 bits
     */
    EchoChannel(CheckSockets sockets, Channel channel, IpFamily family, boolean raw, int id) {
        this.sockets = sockets;
        this.channel = channel;
        this.family = family;
        this.raw = raw;
        this.id = id;
        this.usualHops = Optional.ofNullable(channel.config().getOption(sockets.timeToLive(family))).orElse(64);
        this.hops = usualHops;
        channel.pipeline().addLast(this);
    }

    /** Sends a request to the host of a target. Ends with the answer, or at once if it cannot be sent; not by time. */
    void ask(CheckTarget target, Waiting waiting) {
        HostId host = target.host().id();
        sequence = sequence % 0xffff + 1;
        expected.put(host, new Expected(target.host().address(), sequence, waiting));
        try {
            setHops(target.host().ttl().orElse(usualHops));
        } catch (ChannelException | IllegalArgumentException refused) {
            end(host, CheckResult.TCP_SOCKET_OPTION);
            return;
        }
        IcmpEcho echo = new IcmpEcho(id, sequence, host.number());
        InetSocketAddress address = new InetSocketAddress(target.host().address().toInetAddress(), 0);
        channel.writeAndFlush(new DatagramPacket(echo.request(family), address)).addListener(written -> {
            if (!written.isSuccess()) {
                end(host, CheckResult.ICMP_WRITE_TIMEOUT);
            }
        });
    }

    /** Forgets a request. */
    void forget(HostId host) {
        expected.remove(host);
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, DatagramPacket packet) {
        IpAddress from = IpAddress.of(packet.sender().getAddress());
        IcmpEcho.reply(packet.content(), family, raw && family == IpFamily.INET).ifPresent(echo -> {
            HostId host = new HostId(echo.host());
            Expected wanted = expected.get(host);
            boolean mine = !raw || echo.id() == id;
            if (mine && wanted != null && wanted.sequence() == echo.sequence()
                    && IpAddress.of(wanted.from().bytes()).equals(from)) {
                end(host, CheckResult.ICMP_OK);
            }
        });
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        // An ICMP error for an earlier request; whether the host answers is a matter of time alone.
    }

    /** Closes the socket; requests under way are not answered any more. Any thread. */
    void close() {
        channel.close();
    }

    private void setHops(int wanted) {
        if (wanted != hops) {
            sockets.setTimeToLive(channel, family, wanted);
            hops = wanted;
        }
    }

    private void end(HostId host, CheckResult result) {
        Optional.ofNullable(expected.remove(host)).ifPresent(wanted -> wanted.waiting().ended(result));
    }
}
