package org.relayd.runtime.platform.linux;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * What a process may do. capabilities(7).
 *
 * @param effective
 *            a bit for each capability that is in force
 */
record Capabilities(long effective) {
    private static final int CAP_NET_ADMIN = 12;
    private static final String LINE = "CapEff:";

    /** Returns those of this process; all of them where the kernel does not tell, so that its own answer counts. */
    static Capabilities own() {
        try {
            return of(Files.readAllLines(Path.of("/proc/self/status")));
        } catch (IOException hidden) {
            return new Capabilities(-1);
        }
    }

    /** Returns those in the lines of a process' status, proc_pid_status(5). */
    static Capabilities of(List<String> status) {
        return status.stream().filter(line -> line.startsWith(LINE))
                .map(line -> new Capabilities(Long.parseUnsignedLong(line.substring(LINE.length()).strip(), 16)))
                .findFirst().orElse(new Capabilities(-1));
    }

    /** Returns whether the process may change interfaces, routes and packet filters of its network namespace. */
    boolean netAdmin() {
        return (effective >> CAP_NET_ADMIN & 1) == 1;
    }
}
