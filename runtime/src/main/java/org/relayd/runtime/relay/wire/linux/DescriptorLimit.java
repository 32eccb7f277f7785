package org.relayd.runtime.relay.wire.linux;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * How many descriptors the process may have, and which of them are not for connections. The kernel gives the lowest
 * free number, so that a number tells how many are in use. Any thread.
 */
public final class DescriptorLimit {
    private static final Path LIMITS = Path.of("/proc/self/limits");
    private static final String OPEN_FILES = "Max open files";
    /** Descriptors that no connection gets: the rest of the process opens files too, to load a class for example. */
    private static final int OWN = 8;
    /** Further descriptors that accepting leaves free. */
    private static final int RESERVE = 5;
    /** Descriptors of a session: client and target. */
    private static final int SESSION = 2;

    private final int most;
    private final AtomicInteger expected = new AtomicInteger();

    private DescriptorLimit(int most) {
        this.most = most;
    }

    /** No limit: the system refuses by itself. */
    public static DescriptorLimit none() {
        return new DescriptorLimit(Integer.MAX_VALUE);
    }

    /** Returns the limit of this process; proc(5). */
    public static DescriptorLimit ofProcess() {
        try {
            for (String line : Files.readAllLines(LIMITS)) {
                if (line.startsWith(OPEN_FILES)) {
                    String soft = line.substring(OPEN_FILES.length()).trim().split(" +", 2)[0];
                    return soft.equals("unlimited") ? none() : new DescriptorLimit(Integer.parseInt(soft));
                }
            }
        } catch (IOException unreadable) {
            return none();
        }
        return none();
    }

    /** Returns the soft limit of open files, setrlimit(2). */
    public int most() {
        return most;
    }

    /** Counts the sessions of all loops that have a client and may still need a descriptor for their target. */
    void expect(int change) {
        expected.addAndGet(change);
    }

    /** Returns whether a connection may not have the descriptor of that number. */
    boolean isReserved(int number) {
        return number >= most - OWN;
    }

    /**
     * True if, after the client of that number and the targets of all that wait for one, hardly more descriptors are
     * free than are kept in reserve.
     */
    boolean isScarce(int number) {
        return number >= most - OWN - RESERVE - expected.get();
    }

    /** Returns whether a listener of that number leaves too few descriptors for a single session. */
    public boolean leavesNoSession(int number) {
        return number >= most - OWN - RESERVE - SESSION;
    }
}
