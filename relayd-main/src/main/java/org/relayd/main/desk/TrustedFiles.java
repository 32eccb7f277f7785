package org.relayd.main.desk;

import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import org.relayd.ir.source.FileReason;
import org.relayd.main.environment.MachineFiles;
import org.relayd.main.environment.OwnFiles;
import org.relayd.runtime.parent.linux.TrustedFile;

/** Reads files that nobody but this user or root can have written, for whoever only says their names. */
public final class TrustedFiles implements MachineFiles {
    /** Octets of the longest: few configurations are a tenth as long. */
    static final int LONGEST = 1 << 20;

    private final OwnFiles own = new OwnFiles();

    @Override
    public byte[] read(String path) throws IOException {
        try {
            return TrustedFile.read(Path.of(path), LONGEST);
        } catch (InvalidPathException strange) {
            throw new IOException(FileReason.of(new NoSuchFileException(path)), strange);
        }
    }

    @Override
    public boolean isReadable(String path) {
        return own.isReadable(path);
    }

    @Override
    public Optional<String> openMode(String path) {
        return own.openMode(path);
    }
}
