package org.relayd.runtime.platform.recorder;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.relayd.runtime.platform.Footprint;
import org.relayd.runtime.platform.Kernel;
import org.relayd.runtime.platform.KernelException;

/** Where a recorded kernel writes its lines. */
@FunctionalInterface
public interface Recording {

    /**
     * Takes a line, without line end.
     *
     * @throws KernelException
     *             if it cannot be written
     */
    void line(String line) throws KernelException;

    /** Returns a recording that appends to a file, which is made if it is not there. */
    static Recording to(Path file) {
        return line -> {
            try {
                Files.writeString(file, line + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
            } catch (IOException e) {
                throw new KernelException("cannot write " + file + ": " + e.getMessage(), e);
            }
        };
    }

    /** Returns a recording that forgets everything. */
    static Recording nowhere() {
        return _ -> {};
    }

    /** Returns a kernel that is recorded here. */
    default Kernel kernel() {
        return new Kernel(new RecordedFilter(this), new RecordedRoutes(this), new RecordedDemotion(this),
                Footprint.none());
    }
}
