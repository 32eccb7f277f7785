package org.relayd.runtime.relay.udp;

import io.netty.buffer.ByteBuf;
import io.netty.channel.socket.DatagramChannel;
import io.netty.channel.socket.DatagramPacket;
import java.net.InetSocketAddress;
import java.util.Optional;
import org.relayd.runtime.relay.wire.Endpoints;

/**
 * The client of a DNS session.
 *
 * @param listener
 *            the relay's own socket, by which answers leave
 * @param remoteAddress
 *            where they go
 */
record DatagramClient(DatagramChannel listener, InetSocketAddress remoteAddress) implements Endpoints {

    @Override
    public InetSocketAddress localAddress() {
        return listener.localAddress();
    }

    /** The relay's socket is one for all clients. */
    @Override
    public Optional<InetSocketAddress> originalDestination() {
        return Optional.empty();
    }

    /** Sends a datagram. */
    @SuppressWarnings("FutureReturnValueIgnored") // a lost answer is asked for again
    void send(ByteBuf answer) {
        listener.writeAndFlush(new DatagramPacket(answer, remoteAddress));
    }
}
