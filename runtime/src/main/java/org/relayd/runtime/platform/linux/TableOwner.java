package org.relayd.runtime.platform.linux;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The process that tables belong to, written as the name of a counter in them. Tells the tables of a daemon that runs beside this one
 * from those of one that was killed.
 *
 * @param pid
 *            its number
 * @param started
 *            when it started, in clock ticks since the machine did: another process with the same number started at another time
 */
record TableOwner(long pid, long started) {
    private static final Pattern COUNTER = Pattern.compile("counter (daemon_(\\d+)_(\\d+)) \\{");
    /** Place of the start time in /proc/PID/stat after the command's name. proc_pid_stat(5). */
    private static final int START_TIME = 19;

    /** Returns this process. */
    static TableOwner self() {
        long pid = ProcessHandle.current().pid();
        return new TableOwner(pid, startOf(pid).orElse(0L));
    }

    /** Returns the owner that a listing of a table's counters names. */
    static Optional<TableOwner> in(String counters) {
        Matcher matcher = COUNTER.matcher(counters);
        return matcher.find()
                ? Optional.of(new TableOwner(Long.parseLong(matcher.group(2)), Long.parseLong(matcher.group(3))))
                : Optional.empty();
    }

    /** Returns the name of the counter. */
    String counter() {
        return "daemon_" + pid + "_" + started;
    }

    /** Returns whether the process still runs, and is another one than this. */
    boolean runsBesideUs() {
        return !equals(self()) && startOf(pid).filter(start -> start == started).isPresent();
    }

    private static Optional<Long> startOf(long pid) {
        try {
            String stat = Files.readString(Path.of("/proc", Long.toString(pid), "stat"));
            String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
            return Optional.of(Long.parseLong(fields[START_TIME]));
        } catch (IOException noSuchProcess) {
            return Optional.empty();
        }
    }
}
