package org.relayd.runtime.relay.udp;

import io.netty.buffer.ByteBuf;
import io.netty.channel.socket.DatagramChannel;
import io.netty.channel.socket.DatagramPacket;
import java.net.InetSocketAddress;
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

    @Override
    public void read(boolean wanted) {
        // The relay's socket always reads.
    }

    @Override
    public void send(ByteBuf bytes) {
        send(new byte[0], 0, bytes);
    }

    @Override
    @SuppressWarnings("FutureReturnValueIgnored") // a lost answer is asked for again
    public void send(byte[] bytes, int length, ByteBuf more) {
        ByteBuf answer = listener.alloc().buffer(length + more.readableBytes());
        answer.writeBytes(bytes, 0, length).writeBytes(more);
        listener.writeAndFlush(new DatagramPacket(answer, client));
    }

    @Override
    public boolean isCongested() {
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
