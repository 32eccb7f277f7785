package org.relayd.runtime.platform.linux.files;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The process that tables belong to, written as the name of a counter in them. Tells the tables of a daemon that runs
 * beside this one from those of one that was killed.
 *
 * @param pid
 *            its number
 * @param started
 *            when it started, in clock ticks since the machine did: another process with the same
 *            number started at another time
 */
public record TableOwner(long pid, long started) {
    private static final Pattern NAME = Pattern.compile("daemon_(\\d{1,10})_(\\d{1,18})");
    /** States of a process that does nothing any more but whose parent has not asked for its exit status yet. */
    private static final Set<String> ENDED = Set.of("Z", "X");
    /** Place of the start time in /proc/PID/stat after the command's name. proc_pid_stat(5). */
    private static final int START_TIME = 19;

    /** Returns a process that runs. */
    public static TableOwner of(long pid) {
        return new TableOwner(pid, startOf(pid).orElse(0L));
    }

    /** Returns the owner whose counter has a name. */
    public static Optional<TableOwner> named(String counter) {
        Matcher matcher = NAME.matcher(counter);
        return matcher.matches()
                ? Optional.of(new TableOwner(Long.parseLong(matcher.group(1)), Long.parseLong(matcher.group(2))))
                : Optional.empty();
    }

    /** Returns the name of the counter. */
    public String counter() {
        return "daemon_" + pid + "_" + started;
    }

    /** Returns whether another one is not this process and still runs. */
    public boolean hasBeside(TableOwner other) {
        return !equals(other) && other.runs();
    }

    /** Returns whether the process still runs. */
    public boolean runs() {
        return startOf(pid).filter(start -> start == started).isPresent();
    }

    private static Optional<Long> startOf(long pid) {
        try {
            String stat = Files.readString(Path.of("/proc", Long.toString(pid), "stat"));
            String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
            return ENDED.contains(fields[0]) ? Optional.empty() : Optional.of(Long.parseLong(fields[START_TIME]));
        } catch (IOException noSuchProcess) {
            return Optional.empty();
        }
    }
}
