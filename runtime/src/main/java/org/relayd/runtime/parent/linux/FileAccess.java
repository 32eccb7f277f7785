package org.relayd.runtime.parent.linux;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import org.relayd.runtime.system.Errno;
import org.relayd.runtime.system.SystemException;
import org.relayd.runtime.system.linux.ProcessCalls;

/** Whether the calling thread may read files: the system is asked, since more than their modes may decide. */
final class FileAccess {
    private FileAccess() {}

    /**
     * Looks at a file and at the folders above it.
     *
     * @param execute
     *            whether it must be executable too
     * @param user
     *            whom the calling thread is
     * @throws IOException
     *             which names the file, and the folder that keeps the user from it, with the system's words
     */
    static void check(Path file, boolean execute, SystemUser user) throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment state = arena.allocate(Linker.Option.captureStateLayout());
            int result = ProcessCalls.access(state, arena.allocateFrom(file.toString()), execute);
            if (result >= 0) {
                return;
            }
            String where = file.toString();
            for (Path folder = file.getParent(); folder != null; folder = folder.getParent()) {
                if (ProcessCalls.mayPass(state, arena.allocateFrom(folder.toString())) < 0) {
                    where = file + ", for " + folder;
                }
            }
            throw new SystemException(Errno.linux(-result),
                    "user " + user.name() + " cannot " + (execute ? "execute " : "read ") + where);
        }
    }
}
