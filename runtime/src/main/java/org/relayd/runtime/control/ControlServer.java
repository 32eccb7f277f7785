package org.relayd.runtime.control;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ServerChannel;
import io.netty.channel.epoll.EpollServerDomainSocketChannel;
import io.netty.channel.socket.nio.NioServerDomainSocketChannel;
import java.io.IOException;
import java.nio.channels.SelectableChannel;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import org.relayd.runtime.EngineThread;
import org.relayd.runtime.SocketKind;
import org.relayd.runtime.parent.FileRights;
import org.relayd.runtime.parent.OpenSocket;
import org.relayd.runtime.system.FailedCall;

/** Listens on the control socket. relayctl(8): FILES. */
public final class ControlServer implements AutoCloseable {
    /** Most clients at one time; more are sent away, so that they cannot use up the descriptors. */
    static final int CLIENTS = 64;

    private final String path;
    private final String identity;
    private final FileRights files;
    private final Channel listener;

    private ControlServer(String path, String identity, FileRights files, Channel listener) {
        this.path = path;
        this.identity = identity;
        this.files = files;
        this.listener = listener;
    }

    /**
     * Gets the socket and answers from here on. Blocks; not for the engine thread.
     *
     * @param path
     *            its name
     * @param files
     *            makes it, and removes its name in the end
     * @throws IOException
     *             if it cannot be made; the message is for the user
     */
    public static ControlServer open(Path path, FileRights files, EngineThread engine, ControlService service)
            throws IOException {
        String name = path.toString();
        FileRights.NamedSocket made;
        try {
            made = files.listenControl(name);
        } catch (IOException refused) {
            throw new IOException("control socket " + path + ": " + FailedCall.words(refused), refused);
        }
        AtomicInteger clients = new AtomicInteger();
        ChannelFuture served = new ServerBootstrap().group(engine.loop()).channelFactory(() -> listener(made.socket()))
                .childHandler(new ChannelInitializer<Channel>() {
                    @Override
                    protected void initChannel(Channel client) {
                        ControlConnection.install(client, service, clients);
                    }
                }).register().awaitUninterruptibly();
        ControlServer server = new ControlServer(name, made.identity(), files, served.channel());
        if (!served.isSuccess()) {
            server.close();
            throw new IOException("control socket " + path + ": " + FailedCall.words(served.cause()), served.cause());
        }
        return server;
    }

    private static ServerChannel listener(OpenSocket socket) {
        return switch (socket) {
            // Without being told that it listens, the channel would accept nobody.
            case OpenSocket.Descriptor(int number) -> new EpollServerDomainSocketChannel(number, true);
            case OpenSocket.Channel(SelectableChannel channel) -> new NioServerDomainSocketChannel(
                    (ServerSocketChannel) channel);
        };
    }

    /** Stops listening and removes the socket file. Connections that are open stay so. */
    @Override
    public void close() {
        listener.close().awaitUninterruptibly();
        try {
            files.removeControl(path, identity);
        } catch (IOException leftBehind) {
            // The next start finds a socket on which nobody listens and replaces it.
        }
    }
}
