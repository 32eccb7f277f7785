package org.relayd.runtime.parent.linux;

import java.io.IOException;
import java.io.InputStream;
import java.lang.foreign.Arena;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.relayd.ir.source.FileReason;
import org.relayd.runtime.system.Errno;
import org.relayd.runtime.system.SystemException;
import org.relayd.runtime.system.linux.LinuxCalls;
import org.relayd.runtime.system.linux.ProcessCalls;

/**
 * Files that nobody but this user or root can have written. The name is looked up once: what is looked at is what is
 * read, whatever the name means afterwards. open(2), O_PATH; proc(5), /proc/self/fd.
 */
public final class TrustedFile {
    private static final int FILE_KIND = 0170000;
    private static final int REGULAR = 0100000;
    private static final int WRITABLE_FOR_OTHERS = 0022;

    private TrustedFile() {}

    /**
     * Reads a whole file. Nothing is done to a file that is not regular.
     *
     * @param path
     *            its name; links are followed
     * @param longest
     *            octets of the longest
     * @throws IOException
     *             if it is another kind of file, belongs to somebody else, others can write it, it is longer, or the
     *             system refuses
     */
    public static byte[] read(Path path, int longest) throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment state = arena.allocate(Linker.Option.captureStateLayout());
            int place = LinuxCalls.openPlace(state, arena.allocateFrom(path.toString()));
            if (place < 0) {
                throw new SystemException(Errno.linux(-place));
            }
            try {
                return read(Path.of("/proc/self/fd/" + place), longest, ProcessCalls.effectiveUser(state));
            } finally {
                LinuxCalls.close(state, place);
            }
        } catch (FileSystemException refused) {
            throw new IOException(FileReason.of(refused), refused);
        }
    }

    private static byte[] read(Path place, int longest, int user) throws IOException {
        check(Files.readAttributes(place, "unix:mode,uid"), user);
        try (InputStream file = Files.newInputStream(place)) {
            byte[] octets = file.readNBytes(longest + 1);
            if (octets.length > longest) {
                throw new IOException("File too large");
            }
            return octets;
        }
    }

    private static void check(Map<String, Object> attributes, int user) throws IOException {
        int mode = (Integer) attributes.get("mode");
        int owner = (Integer) attributes.get("uid");
        if ((mode & FILE_KIND) != REGULAR) {
            throw new IOException("no regular file");
        }
        if (owner != 0 && owner != user) {
            throw new IOException("it belongs to another user, so it is not trusted");
        }
        if ((mode & WRITABLE_FOR_OTHERS) != 0) {
            throw new IOException("others can write it, so it is not trusted");
        }
    }
}
