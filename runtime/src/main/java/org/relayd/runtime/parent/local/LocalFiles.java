package org.relayd.runtime.parent.local;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.relayd.ir.source.FileReason;
import org.relayd.runtime.SocketKind;
import org.relayd.runtime.parent.FileRights;
import org.relayd.runtime.parent.OpenSocket;
import org.relayd.runtime.parent.linux.NewSocket;

/** Makes the daemon's files in this process, with the rights that it has. */
public final class LocalFiles implements FileRights {
    private final long pid;
    private final SocketKind kind;

    /**
     * Makes files of one kind for a process.
     *
     * @param pid
     *            its number, by which names for a moment are told from those of others
     */
    public LocalFiles(SocketKind kind, long pid) {
        this.pid = pid;
        this.kind = kind;
    }

    @Override
    public NamedSocket listenControl(String path) throws IOException {
        try {
            SocketFile file = new SocketFile(Path.of(path), pid);
            OpenSocket socket = listen(file.prepare());
            try {
                return new NamedSocket(socket, file.publish());
            } catch (IOException refused) {
                socket.discard();
                file.abandon();
                throw refused;
            }
        } catch (FileSystemException refused) {
            throw new IOException(FileReason.of(refused), refused);
        }
    }

    private OpenSocket listen(Path fresh) throws IOException {
        return switch (kind) {
            case NATIVE -> listenNative(fresh);
            case PORTABLE -> listenPortable(fresh);
        };
    }

    private static OpenSocket listenNative(Path fresh) throws IOException {
        try (NewSocket socket = NewSocket.named()) {
            socket.bind(fresh);
            socket.listen(LocalSockets.MOST_BACKLOG);
            return new OpenSocket.Descriptor(socket.take());
        }
    }

    private static OpenSocket listenPortable(Path fresh) throws IOException {
        ServerSocketChannel channel = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        try {
            channel.configureBlocking(false);
            channel.bind(UnixDomainSocketAddress.of(fresh), LocalSockets.MOST_BACKLOG);
            return new OpenSocket.Channel(channel);
        } catch (IOException refused) {
            channel.close();
            throw refused;
        }
    }

    @Override
    public void removeControl(String path, String identity) throws IOException {
        new SocketFile(Path.of(path), pid).remove(identity);
    }

    @Override
    public LogFile openLog(String path) throws IOException {
        return LogName.of(path).open(kind);
    }

    @Override
    public Optional<LogFile> followLog(String path, String identity) throws IOException {
        return LogName.of(path).follow(identity, kind);
    }

    @Override
    public void discardLog(String path) throws IOException {
        Path file = Path.of(path);
        if (Files.size(file) == 0) {
            Files.deleteIfExists(file);
        }
    }
}
