package org.relayd.main.daemon;

import org.relayd.main.RelaydOptions;

/** The running relayd(8). */
public final class Daemon {
    private Daemon() {}

    /**
     * Runs until a signal or relayctl(8) ends it.
     *
     * @return exit status: 0 after an ordinary end, 1 if it could not start
     */
    public static int run(RelaydOptions options) {
        System.err.println("relayd: not supported yet: running " + options.file() + "; -n checks it");
        return 1;
    }
}
