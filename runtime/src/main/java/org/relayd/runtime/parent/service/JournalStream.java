package org.relayd.runtime.parent.service;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** Whether a stream of this process goes to the journal, which reads the priority of each line; systemd.exec(5). */
public final class JournalStream {
    private static final String VARIABLE = "JOURNAL_STREAM";

    private JournalStream() {}

    /**
     * Returns whether standard error goes to the journal: it has not been redirected since the service manager started
     * the program.
     */
    public static boolean isStandardError(Map<String, String> environment) {
        return is(environment, Path.of("/proc/self/fd/2"));
    }

    static boolean is(Map<String, String> environment, Path stream) {
        String journal = environment.getOrDefault(VARIABLE, "");
        try {
            return !journal.isEmpty() && journal.equals(Files.getAttribute(stream, "unix:dev") + ":"
                    + Files.getAttribute(stream, "unix:ino"));
        } catch (IOException | UnsupportedOperationException closed) {
            return false;
        }
    }
}
