package org.relayd.runtime.parent.local;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.relayd.ir.source.FileReason;
import org.relayd.runtime.parent.KeyRights;

/** Reads certificates and keys in this process, with the rights that it has. */
public final class LocalKeyFiles implements KeyRights {

    @Override
    public byte[] readPublic(String path) throws IOException {
        return read(path);
    }

    @Override
    public byte[] readKey(String path) throws IOException {
        return read(path);
    }

    private static byte[] read(String path) throws IOException {
        try {
            Path file = Path.of(path);
            if (Files.exists(file) && !Files.isRegularFile(file)) {
                // Opening a pipe would wait for a writer.
                throw new IOException("not a regular file");
            }
            try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
                return read(channel);
            }
        } catch (InvalidPathException strange) {
            throw new IOException(FileReason.of(new NoSuchFileException(path)), strange);
        } catch (FileSystemException refused) {
            throw new IOException(FileReason.of(refused), refused);
        }
    }

    /** Through memory outside of the heap, so that no other copy is left than the one that is returned. */
    private static byte[] read(FileChannel channel) throws IOException {
        long size = channel.size();
        if (size > LONGEST_FILE) {
            throw new IOException("File too large");
        }
        ByteBuffer outside = ByteBuffer.allocateDirect(Math.toIntExact(size));
        while (outside.hasRemaining() && channel.read(outside) >= 0) {
            // A file may come in parts.
        }
        byte[] content = new byte[outside.flip().remaining()];
        outside.get(content);
        outside.clear().put(new byte[outside.capacity()]);
        return content;
    }
}
