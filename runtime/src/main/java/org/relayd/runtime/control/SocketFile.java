package org.relayd.runtime.control;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;

/**
 * The name of the control socket in the file system. The socket is made under another name, gets its mode, and then
 * takes the place of a stale one in one step, so that there is no moment in which anybody else could connect.
 */
final class SocketFile {
    private final Path path;
    private final Path fresh;
    private Optional<Object> key = Optional.empty();

    SocketFile(Path path) {
        this.path = path;
        this.fresh = path.resolveSibling(".relayd-" + ProcessHandle.current().pid());
    }

    /**
     * Makes sure that the name is free, or that of a socket on which nobody listens any more.
     *
     * @return the name to bind
     * @throws IOException
     *             if another program uses it; the message is for the user
     */
    Path prepare() throws IOException {
        Optional<BasicFileAttributes> there = attributes(path);
        if (there.isPresent() && !there.get().isOther()) {
            throw new IOException("is not a socket");
        }
        if (there.isPresent() && isAlive()) {
            throw new IOException("another relayd is running");
        }
        Files.deleteIfExists(fresh);
        return fresh;
    }

    /** Gives the bound socket its mode, read and write for owner and group, and its name. */
    void publish() throws IOException {
        Files.setPosixFilePermissions(fresh, PosixFilePermissions.fromString("rw-rw----"));
        Files.move(fresh, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        key = attributes(path).map(BasicFileAttributes::fileKey);
    }

    /** Removes the name, unless another program has taken it meanwhile. */
    void remove() throws IOException {
        Files.deleteIfExists(fresh);
        Optional<Object> now = attributes(path).map(BasicFileAttributes::fileKey);
        if (key.isPresent() && key.equals(now)) {
            Files.deleteIfExists(path);
        }
        key = Optional.empty();
    }

    private static Optional<BasicFileAttributes> attributes(Path file) throws IOException {
        if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
            return Optional.empty();
        }
        return Optional.of(Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS));
    }

    private boolean isAlive() {
        try (SocketChannel probe = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            return probe.connect(UnixDomainSocketAddress.of(path));
        } catch (IOException nobody) {
            return false;
        }
    }
}
