package org.relayd.runtime.control;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ServerChannel;
import io.netty.channel.epoll.EpollServerDomainSocketChannel;
import io.netty.channel.socket.nio.NioServerDomainSocketChannel;
import io.netty.channel.unix.DomainSocketAddress;
import java.io.IOException;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import org.relayd.runtime.EngineThread;
import org.relayd.runtime.SocketKind;
import org.relayd.runtime.system.FailedCall;

/** Listens on the control socket. relayctl(8): FILES. */
public final class ControlServer implements AutoCloseable {
    /** Most clients at one time; more are sent away, so that they cannot use up the descriptors. */
    static final int CLIENTS = 64;

    private final SocketFile file;
    private final Channel listener;

    private ControlServer(SocketFile file, Channel listener) {
        this.file = file;
        this.listener = listener;
    }

    /**
     * Makes the socket, with mode 0660, and answers from here on. A stale socket of the same name is replaced. Blocks;
     * not for the engine thread.
     *
     * @param path
     *            its name
     * @throws IOException
     *             if it cannot be made; the message is for the user
     */
    public static ControlServer open(Path path, EngineThread engine, ControlService service) throws IOException {
        SocketFile file = new SocketFile(path);
        try {
            Path fresh = file.prepare();
            AtomicInteger clients = new AtomicInteger();
            ChannelFuture bound = new ServerBootstrap().group(engine.loop())
                    .channelFactory(() -> listener(engine.sockets())).childHandler(new ChannelInitializer<Channel>() {
                        @Override
                        protected void initChannel(Channel client) {
                            ControlConnection.install(client, service, clients);
                        }
                    }).bind(address(fresh, engine.sockets())).awaitUninterruptibly();
            if (!bound.isSuccess()) {
                throw new IOException(FailedCall.words(bound.cause()), bound.cause());
            }
            ControlServer server = new ControlServer(file, bound.channel());
            try {
                file.publish();
            } catch (IOException refused) {
                server.close();
                throw refused;
            }
            return server;
        } catch (IOException refused) {
            throw new IOException("control socket " + path + ": " + reason(refused), refused);
        }
    }

    private static ServerChannel listener(SocketKind sockets) {
        return switch (sockets) {
            case NATIVE -> new EpollServerDomainSocketChannel();
            case PORTABLE -> new NioServerDomainSocketChannel();
        };
    }

    private static SocketAddress address(Path path, SocketKind sockets) {
        return switch (sockets) {
            case NATIVE -> new DomainSocketAddress(path.toString());
            case PORTABLE -> UnixDomainSocketAddress.of(path);
        };
    }

    /** Leaves out what the system call and the file were. */
    private static String reason(IOException refused) {
        return refused instanceof FileSystemException file && file.getReason() != null ? file.getReason()
                : FailedCall.words(refused);
    }

    /** Stops listening and removes the socket file. Connections that are open stay so. */
    @Override
    public void close() {
        listener.close().awaitUninterruptibly();
        try {
            file.remove();
        } catch (IOException leftBehind) {
            // The next start finds a socket on which nobody listens and replaces it.
        }
    }
}
