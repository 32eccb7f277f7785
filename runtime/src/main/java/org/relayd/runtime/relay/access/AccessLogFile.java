package org.relayd.runtime.relay.access;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.Set;
import org.relayd.ir.source.FileReason;

/** The file of an access log, appended to. Blocks. One thread at a time. */
final class AccessLogFile implements LineFile {
    /** Times that a file may be replaced while it is being opened. */
    private static final int ATTEMPTS = 3;

    private final Path path;
    private final boolean created;
    private FileChannel channel;
    private Object key;

    private AccessLogFile(Path path, boolean created, Opened opened) {
        this.path = path;
        this.created = created;
        channel = opened.channel();
        key = opened.key();
    }

    /**
     * An open file and what tells it from others.
     *
     * @param key
     *            device and number of the file
     */
    private record Opened(FileChannel channel, Object key) {}

    /**
     * Opens a file, and creates it if it is not there: readable for the user and the group of the
     * daemon, writable for the user.
     *
     * @throws IOException
     *             with words for the user: it is no regular file, or the system refuses
     */
    static AccessLogFile open(Path path) throws IOException {
        boolean created = Files.notExists(path, LinkOption.NOFOLLOW_LINKS);
        return new AccessLogFile(path, created, openAt(path));
    }

    private static Opened openAt(Path path) throws IOException {
        try {
            for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
                Optional<Object> before = key(path);
                FileChannel channel = FileChannel.open(path,
                        Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.APPEND),
                        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-r-----")));
                Optional<Object> after = key(path);
                if (after.isPresent() && (before.isEmpty() || before.equals(after))) {
                    return new Opened(channel, after.get());
                }
                channel.close();
            }
            throw new IOException("the file is replaced all the time");
        } catch (FileSystemException refused) {
            throw new IOException(FileReason.of(refused), refused);
        }
    }

    /** Returns what tells the file at a path from others; empty if there is none. */
    private static Optional<Object> key(Path path) throws IOException {
        BasicFileAttributes found;
        try {
            found = Files.readAttributes(path, BasicFileAttributes.class);
        } catch (NoSuchFileException none) {
            return Optional.empty();
        }
        if (!found.isRegularFile()) {
            // Opening a pipe would wait for a reader.
            throw new IOException("not a regular file");
        }
        return Optional.of(found.fileKey());
    }

    Path path() {
        return path;
    }

    @Override
    public void follow() throws IOException {
        Optional<Object> there = key(path);
        if (there.isEmpty() || !there.get().equals(key)) {
            Opened next = openAt(path);
            channel.close();
            channel = next.channel();
            key = next.key();
        }
    }

    @Override
    public void write(ByteBuffer octets) throws IOException {
        while (octets.hasRemaining()) {
            channel.write(octets);
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }

    /** Closes the file; nothing is left of one that was created in vain. */
    void discard() throws IOException {
        close();
        if (created && Files.size(path) == 0) {
            Files.deleteIfExists(path);
        }
    }
}
