package org.relayd.runtime.parent.local;

import io.netty.channel.epoll.LinuxSocket;
import io.netty.channel.socket.SocketProtocolFamily;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.DatagramChannel;
import java.nio.channels.ServerSocketChannel;
import java.util.Optional;
import org.relayd.ir.config.Protocol.TcpSettings;
import org.relayd.ir.net.IpAddress;
import org.relayd.ir.net.IpFamily;
import org.relayd.ir.net.Port;
import org.relayd.runtime.SocketKind;
import org.relayd.runtime.parent.ListenRequest;
import org.relayd.runtime.parent.OpenSocket;
import org.relayd.runtime.parent.RelayRights;
import org.relayd.runtime.parent.Rights;
import org.relayd.runtime.platform.NatLookup;
import org.relayd.runtime.system.FailedCall;
import org.relayd.runtime.system.SystemException;
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
    private static final int MOST_BACKLOG = 65_535;

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
        boolean inet6 = request.address().family() == IpFamily.INET6;
        LinuxSocket socket = LinuxSocket.newSocketStream(family(request.address()));
        try {
            if (inet6) {
                socket.setIntOpt(SocketNumbers.IPPROTO_IPV6, SocketNumbers.IPV6_V6ONLY, 1);
            }
            socket.setReuseAddress(true);
            socket.setReusePort(request.shared());
            inherited(socket, request.tcp(), inet6);
            if (request.diverted()) {
                foreign(socket, inet6);
            }
            socket.bind(new InetSocketAddress(request.address().toInetAddress(), request.port().number()));
            socket.listen(request.tcp().backlog().orElse(MOST_BACKLOG));
            return new OpenSocket.Descriptor(socket.intValue());
        } catch (IOException refused) {
            socket.close();
            throw plain(refused);
        }
    }

    /** Options that accepted connections take over from the listener. */
    private static void inherited(LinuxSocket socket, TcpSettings tcp, boolean inet6) throws IOException {
        if (tcp.socketBuffer().isPresent()) {
            socket.setReceiveBufferSize(tcp.socketBuffer().getAsInt());
            socket.setSendBufferSize(tcp.socketBuffer().getAsInt());
        }
        if (tcp.ttl().isPresent()) {
            socket.setIntOpt(inet6 ? SocketNumbers.IPPROTO_IPV6 : SocketNumbers.IPPROTO_IP,
                    inet6 ? SocketNumbers.IPV6_UNICAST_HOPS : SocketNumbers.IP_TTL,
                    tcp.ttl().getAsInt());
        }
        if (tcp.minTtl().isPresent()) {
            socket.setIntOpt(inet6 ? SocketNumbers.IPPROTO_IPV6 : SocketNumbers.IPPROTO_IP,
                    inet6 ? SocketNumbers.IPV6_MINHOPCOUNT : SocketNumbers.IP_MINTTL,
                    tcp.minTtl().getAsInt());
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
        LinuxSocket socket = LinuxSocket.newSocketDgram(family(address));
        try {
            if (address.family() == IpFamily.INET6) {
                socket.setIntOpt(SocketNumbers.IPPROTO_IPV6, SocketNumbers.IPV6_V6ONLY, 1);
            }
            socket.bind(local);
            return new OpenSocket.Descriptor(socket.intValue());
        } catch (IOException refused) {
            socket.close();
            throw plain(refused);
        }
    }

    @Override
    public void openForeign(IpAddress source, Rights.Answer<OpenSocket> answer) {
        if (kind == SocketKind.PORTABLE) {
            answer.refused(new IOException("foreign addresses can be bound only on Linux"));
            return;
        }
        boolean inet6 = source.family() == IpFamily.INET6;
        LinuxSocket socket = LinuxSocket.newSocketStream(family(source));
        try {
            foreign(socket, inet6);
            socket.bind(new InetSocketAddress(source.toInetAddress(), 0));
        } catch (IOException refused) {
            closeQuietly(socket);
            answer.refused(plain(refused));
            return;
        }
        answer.given(new OpenSocket.Descriptor(socket.intValue()));
    }

    private static void foreign(LinuxSocket socket, boolean inet6) throws IOException {
        socket.setIntOpt(inet6 ? SocketNumbers.IPPROTO_IPV6 : SocketNumbers.IPPROTO_IP,
                inet6 ? SocketNumbers.IPV6_TRANSPARENT : SocketNumbers.IP_TRANSPARENT, 1);
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

    private static void closeQuietly(LinuxSocket socket) {
        try {
            socket.close();
        } catch (IOException ignored) {
            // The descriptor is gone either way.
        }
    }

    private static SocketProtocolFamily family(IpAddress address) {
        return switch (address.family()) {
            case INET -> SocketProtocolFamily.INET;
            case INET6 -> SocketProtocolFamily.INET6;
        };
    }

    /** What the system said, without what Netty puts around it. */
    private static IOException plain(IOException refused) {
        return FailedCall.errno(refused).<IOException>map(SystemException::new).orElse(refused);
    }
}
