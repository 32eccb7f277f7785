package org.relayd.runtime.parent.service;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Sockets that a service manager has opened for this program: sd_listen_fds(3).
 *
 * @param descriptors
 *            their numbers
 * @param unread
 *            what of the environment does not make sense, for the user
 */
public record PassedSockets(List<Integer> descriptors, List<String> unread) {
    /** The number of the first one. */
    private static final int FIRST = 3;
    private static final int MOST = 4096;

    /** Copies the lists. */
    public PassedSockets {
        descriptors = List.copyOf(descriptors);
        unread = List.copyOf(unread);
    }

    /**
     * Reads the environment. What is for another process, which has left it in the environment, is not ours.
     *
     * @param pid
     *            this process
     */
    public static PassedSockets of(Map<String, String> environment, long pid) {
        List<String> unread = new ArrayList<>();
        String count = environment.getOrDefault("LISTEN_FDS", "");
        if (!environment.getOrDefault("LISTEN_PID", "").equals(Long.toString(pid)) || count.isEmpty()) {
            return new PassedSockets(List.of(), List.of());
        }
        if (!count.matches("\\d{1,4}") || Integer.parseInt(count) > MOST) {
            unread.add("LISTEN_FDS=" + count + ": not a number of sockets");
            return new PassedSockets(List.of(), unread);
        }
        return new PassedSockets(IntStream.range(FIRST, FIRST + Integer.parseInt(count)).boxed().toList(), unread);
    }
}
