package org.relayd.runtime.parent.linux;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.Linker;
import java.nio.file.Path;
import org.relayd.runtime.system.Errno;
import org.relayd.runtime.system.SystemException;
import org.relayd.runtime.system.linux.LinuxCalls;

/** Opens files to append to, by their numbers. open(2). */
public final class AppendedFiles {
    private static final int MODE = 0640;

    private AppendedFiles() {}

    /**
     * Opens a file, and creates it with mode 0640 less the umask if it is not there.
     *
     * @return its descriptor
     * @throws IOException
     *             with the system's words
     */
    public static int open(Path path) throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            int descriptor = LinuxCalls.openToAppend(arena.allocate(Linker.Option.captureStateLayout()),
                    arena.allocateFrom(path.toString()), MODE);
            if (descriptor < 0) {
                throw new SystemException(Errno.linux(-descriptor));
            }
            return descriptor;
        }
    }
}
