package org.relayd.runtime.parent.local;

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

    SocketFile(Path path, long pid) {
        this.path = path;
        this.fresh = path.resolveSibling(".relayd-" + pid);
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

    /**
     * Gives the bound socket its mode, read and write for owner and group, and its name.
     *
     * @return what tells the file from others that may have its name later
     */
    String publish() throws IOException {
        Files.setPosixFilePermissions(fresh, PosixFilePermissions.fromString("rw-rw----"));
        Files.move(fresh, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        return identity().orElseThrow(() -> new IOException("another program has removed it"));
    }

    /** Removes what was bound and got no name. */
    void abandon() throws IOException {
        Files.deleteIfExists(fresh);
    }

    /** Removes the name, unless another program has taken it meanwhile. */
    void remove(String identity) throws IOException {
        if (identity().equals(Optional.of(identity))) {
            Files.deleteIfExists(path);
        }
    }

    private Optional<String> identity() throws IOException {
        return attributes(path).map(found -> found.fileKey().toString());
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
