package org.relayd.runtime.relay.udp;

import io.netty.buffer.ByteBuf;
import io.netty.channel.socket.DatagramChannel;
import io.netty.channel.socket.DatagramPacket;
import java.net.InetSocketAddress;
import java.util.Optional;
import org.relayd.runtime.relay.wire.Wire;
import org.relayd.runtime.relay.wire.WireListener;

/** The client of a DNS session, as a wire: what is sent to it leaves by the relay's own socket as one datagram. Nothing is received here. */
final class DatagramClient implements Wire {
    private final DatagramChannel listener;
    private final InetSocketAddress client;

    DatagramClient(DatagramChannel listener, InetSocketAddress client) {
        this.listener = listener;
        this.client = client;
    }

    @Override
    public void listener(WireListener next) {
        // The relay itself hears what clients send.
    }

    @Override
    public InetSocketAddress remoteAddress() {
        return client;
    }

    @Override
    public InetSocketAddress localAddress() {
        return listener.localAddress();
    }

    /** The relay's socket is one for all clients. */
    @Override
    public Optional<InetSocketAddress> originalDestination() {
        return Optional.empty();
    }

    @Override
    public void read(boolean wanted) {
        // The relay's socket always reads.
    }

    @Override
    public void send(ByteBuf bytes, int count) {
        send(new byte[0], 0, bytes, count);
    }

    @Override
    @SuppressWarnings("FutureReturnValueIgnored") // a lost answer is asked for again
    public void send(byte[] bytes, int length, ByteBuf more, int count) {
        ByteBuf answer = listener.alloc().buffer(length + count);
        answer.writeBytes(bytes, 0, length).writeBytes(more, count);
        listener.writeAndFlush(new DatagramPacket(answer, client));
    }

    @Override
    public boolean isCongested() {
        return false;
    }

    @Override
    public boolean pass(Wire to, long count) {
        return false;
    }

    @Override
    public void shutdownOutput() {
        // Datagrams have no end.
    }

    @Override
    public void closeAfterOutput() {
        // The socket belongs to the relay.
    }

    @Override
    public void closeLingering() {
        // The socket belongs to the relay.
    }

    @Override
    public void close() {
        // The socket belongs to the relay.
    }
}
