package org.relayd.main.environment;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import org.relayd.ir.source.FileReason;

/** Reads files with the rights of this process. */
public final class OwnFiles implements MachineFiles {
    /** Bytes of a file that anybody writes on purpose; devices have no end. */
    private static final int LONGEST_FILE = 64 << 20;

    private final int longest;

    /** Reads whatever files there are. */
    public OwnFiles() {
        this(LONGEST_FILE);
    }

    /**
     * Refuses long files.
     *
     * @param longest
     *            octets of the longest
     */
    public OwnFiles(int longest) {
        this.longest = longest;
    }

    @Override
    public byte[] read(String path) throws IOException {
        try (InputStream file = Files.newInputStream(Path.of(path))) {
            byte[] bytes = file.readNBytes(longest + 1);
            if (bytes.length > longest) {
                throw new IOException("File too large");
            }
            return bytes;
        } catch (InvalidPathException strange) {
            throw new IOException(FileReason.of(new NoSuchFileException(path)), strange);
        } catch (IOException refused) {
            throw new IOException(FileReason.of(refused), refused);
        }
    }

    @Override
    public boolean isReadable(String path) {
        try {
            return Files.isReadable(Path.of(path));
        } catch (InvalidPathException strange) {
            return false;
        }
    }

    @Override
    public Optional<String> openMode(String path) {
        try {
            int mode = (Integer) Files.getAttribute(Path.of(path), "unix:mode") & 0777;
            return (mode & 044) == 0 ? Optional.empty() : Optional.of(String.format("0%03o", mode));
        } catch (IOException | UnsupportedOperationException | InvalidPathException _) {
            return Optional.empty();
        }
    }
}
