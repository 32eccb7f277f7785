package org.relayd.runtime.parent.local;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.DatagramChannel;
import java.nio.channels.ServerSocketChannel;
import java.util.Optional;
import org.relayd.ir.config.Protocol.TcpSettings;
import org.relayd.ir.net.IpAddress;
import org.relayd.ir.net.Port;
import org.relayd.runtime.SocketKind;
import org.relayd.runtime.parent.ListenRequest;
import org.relayd.runtime.parent.OpenSocket;
import org.relayd.runtime.parent.RelayRights;
import org.relayd.runtime.parent.Rights;
import org.relayd.runtime.parent.linux.NewSocket;
import org.relayd.runtime.platform.NatLookup;
import org.relayd.runtime.system.linux.SocketNumbers;

/**
 * Makes the sockets in this process, with the rights that it has. Option numbers are those of Linux; the plain JDK
 * sockets of other systems get no hop limits.
 */
public final class LocalSockets implements RelayRights {
    /**
     * Connections that may wait at a listener whose backlog is not written: more than any system allows, so that it
     * takes its own bound (net.core.somaxconn, kern.somaxconn). What does not fit is not refused but dropped, and costs
     * its client a second or three.
     */
    static final int MOST_BACKLOG = 65_535;

    private final SocketKind kind;
    private final NatLookup translations;

    /**
     * Makes sockets of one kind.
     *
     * @param translations
     *            asks the packet filter, where the sockets do not know themselves
     */
    public LocalSockets(SocketKind kind, NatLookup translations) {
        this.kind = kind;
        this.translations = translations;
    }

    @Override
    public OpenSocket listen(ListenRequest request) throws IOException {
        return switch (kind) {
            case NATIVE -> listenNative(request);
            case PORTABLE -> listenPortable(request);
        };
    }

    @Override
    public void probe(ListenRequest request) throws IOException {
        listen(request).close();
    }

    private static OpenSocket listenNative(ListenRequest request) throws IOException {
        try (NewSocket socket = NewSocket.stream(request.address().family())) {
            socket.onlyItsFamily();
            socket.option(SocketNumbers.SO_REUSEADDR, 1);
            socket.option(SocketNumbers.SO_REUSEPORT, request.shared() ? 1 : 0);
            inherited(socket, request);
            socket.bind(new InetSocketAddress(request.address().toInetAddress(), request.port().number()));
            socket.listen(request.tcp().backlog().orElse(MOST_BACKLOG));
            return new OpenSocket.Descriptor(socket.take());
        }
    }

    /**
     * Gives a socket that another program has bound and listens on the options of a request. What the request leaves to
     * the system stays as it is.
     *
     * @throws IOException
     *             with the system's words
     */
    public static void adapt(int number, ListenRequest request) throws IOException {
        try (NewSocket socket = NewSocket.bound(number, request.address().family())) {
            inherited(socket, request);
            socket.listen(request.tcp().backlog().orElse(MOST_BACKLOG));
        }
    }

    /** Options that accepted connections take over from the listener, and whether it takes those to other machines. */
    private static void inherited(NewSocket socket, ListenRequest request) throws IOException {
        TcpSettings tcp = request.tcp();
        if (request.diverted()) {
            socket.foreign();
        }
        if (tcp.socketBuffer().isPresent()) {
            socket.option(SocketNumbers.SO_RCVBUF, tcp.socketBuffer().getAsInt());
            socket.option(SocketNumbers.SO_SNDBUF, tcp.socketBuffer().getAsInt());
        }
        if (tcp.ttl().isPresent()) {
            socket.ipOption(SocketNumbers.IP_TTL, SocketNumbers.IPV6_UNICAST_HOPS, tcp.ttl().getAsInt());
        }
        if (tcp.minTtl().isPresent()) {
            socket.ipOption(SocketNumbers.IP_MINTTL, SocketNumbers.IPV6_MINHOPCOUNT, tcp.minTtl().getAsInt());
        }
    }

    private static OpenSocket listenPortable(ListenRequest request) throws IOException {
        ServerSocketChannel channel = ServerSocketChannel.open();
        try {
            channel.configureBlocking(false);
            channel.setOption(StandardSocketOptions.SO_REUSEADDR, true);
            if (request.shared()) {
                channel.setOption(StandardSocketOptions.SO_REUSEPORT, true);
            }
            channel.bind(new InetSocketAddress(request.address().toInetAddress(), request.port().number()),
                    request.tcp().backlog().orElse(MOST_BACKLOG));
            return new OpenSocket.Channel(channel);
        } catch (IOException refused) {
            channel.close();
            throw refused;
        }
    }

    @Override
    public OpenSocket bindDatagram(IpAddress address, Port port) throws IOException {
        InetSocketAddress local = new InetSocketAddress(address.toInetAddress(), port.number());
        if (kind == SocketKind.PORTABLE) {
            DatagramChannel channel = DatagramChannel.open();
            channel.configureBlocking(false);
            channel.bind(local);
            return new OpenSocket.Channel(channel);
        }
        try (NewSocket socket = NewSocket.datagram(address.family())) {
            socket.onlyItsFamily();
            socket.bind(local);
            return new OpenSocket.Descriptor(socket.take());
        }
    }

    @Override
    public void openForeign(IpAddress source, Rights.Answer<OpenSocket> answer) {
        if (kind == SocketKind.PORTABLE) {
            answer.refused(new IOException("foreign addresses can be bound only on Linux"));
            return;
        }
        int number;
        try (NewSocket socket = NewSocket.stream(source.family())) {
            socket.foreign();
            socket.bind(new InetSocketAddress(source.toInetAddress(), 0));
            number = socket.take();
        } catch (IOException refused) {
            answer.refused(refused);
            return;
        }
        answer.given(new OpenSocket.Descriptor(number));
    }

    /** Answers during the call: pf takes a moment, and where sockets know it themselves nobody is asked. */
    @Override
    public void natLookup(InetSocketAddress client, InetSocketAddress local,
            Rights.Answer<Optional<InetSocketAddress>> answer) {
        Optional<InetSocketAddress> meant;
        try {
            meant = translations.original(client, local);
        } catch (IOException refused) {
            answer.refused(refused);
            return;
        }
        answer.given(meant);
    }
}
