package org.relayd.main;

/**
 * The end of a program that is gone as soon as it has printed. {@link System#exit} first looks for a logger to tell, in
 * every jar of the class path, and so costs as much time as parsing a hundred lines; what it runs besides, shutdown
 * hooks, only the daemon has.
 */
final class QuickEnd {
    private QuickEnd() {}

    /** Ends this process with a status, after what was printed. */
    static void with(int status) {
        System.out.flush();
        System.err.flush();
        Runtime.getRuntime().halt(status);
    }
}
