package org.relayd.runtime.parent.linux;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.Linker;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Set;
import org.relayd.runtime.system.Errno;
import org.relayd.runtime.system.ErrorName;
import org.relayd.runtime.system.SystemException;
import org.relayd.runtime.system.linux.LinuxCalls;

/**
 * Opens files to append to, by their numbers. open(2). A symbolic link is followed in a folder that nobody changes but
 * root and the user of this process: elsewhere whoever can make one could have lines written to any file.
 */
public final class AppendedFiles {
    private static final int MODE = 0640;
    private static final Path SELF = Path.of("/proc/self");
    private static final int ROOT = 0;

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
                    arena.allocateFrom(path.toString()), MODE, isOnlyOurs(path.toAbsolutePath().getParent()));
            if (descriptor < 0 && Errno.linux(-descriptor).is(ErrorName.ELOOP)) {
                throw new IOException("a symbolic link in a folder that others can change");
            }
            if (descriptor < 0) {
                throw new SystemException(Errno.linux(-descriptor));
            }
            return descriptor;
        }
    }

    private static boolean isOnlyOurs(Path folder) throws IOException {
        int owner = uid(folder);
        Set<PosixFilePermission> mode = Files.readAttributes(folder, PosixFileAttributes.class).permissions();
        return (owner == ROOT || owner == uid(SELF)) && !mode.contains(PosixFilePermission.GROUP_WRITE)
                && !mode.contains(PosixFilePermission.OTHERS_WRITE);
    }

    private static int uid(Path file) throws IOException {
        return (Integer) Files.getAttribute(file, "unix:uid");
    }
}
