package org.relayd.runtime.parent.local;

import java.io.IOException;
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
import org.relayd.runtime.SocketKind;
import org.relayd.runtime.parent.FileRights.LogFile;
import org.relayd.runtime.parent.OpenFile;
import org.relayd.runtime.parent.linux.AppendedFiles;

/**
 * The name of an access log in the file system. Blocks.
 *
 * @param path
 *            the name
 */
record LogName(Path path) {
    /** Times that a file may be replaced while it is being opened. */
    private static final int ATTEMPTS = 3;

    static LogName of(String path) {
        return new LogName(Path.of(path));
    }

    /** Opens the file, and creates it if it is not there. */
    LogFile open(SocketKind kind) throws IOException {
        boolean created = Files.notExists(path, LinkOption.NOFOLLOW_LINKS);
        try {
            for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
                Optional<String> before = identity();
                OpenFile file = switch (kind) {
                    case NATIVE -> new OpenFile.Descriptor(AppendedFiles.open(path));
                    case PORTABLE -> portable();
                };
                Optional<String> after = identity();
                if (after.isPresent() && (before.isEmpty() || before.equals(after))) {
                    return new LogFile(file, after.get(), created);
                }
                file.close();
            }
            throw new IOException("the file is replaced all the time");
        } catch (FileSystemException refused) {
            throw new IOException(FileReason.of(refused), refused);
        }
    }

    private OpenFile portable() throws IOException {
        return new OpenFile.Channel(FileChannel.open(path,
                Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.APPEND),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-r-----"))));
    }

    /** Opens the file if it is not the one of an identity. */
    Optional<LogFile> follow(String identity, SocketKind kind) throws IOException {
        return identity().equals(Optional.of(identity)) ? Optional.empty() : Optional.of(open(kind));
    }

    /** Returns what tells the file of this name from others; empty if there is none. */
    private Optional<String> identity() throws IOException {
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
        return Optional.of(found.fileKey().toString());
    }
}
