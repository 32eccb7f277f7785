package org.relayd.main.daemon;

import sun.misc.Signal;

/**
 * Signals of the daemon. The JDK has no supported way to catch SIGHUP, nor to exit with status 0 after SIGTERM; this
 * is the one that it tolerates.
 */
final class Signals {
    private Signals() {}

    /**
     * Installs the handlers. They run on threads of their own.
     *
     * @param stop
     *            for SIGTERM and SIGINT
     * @param reload
     *            for SIGHUP
     */
    static void handle(Runnable stop, Runnable reload) {
        Signal.handle(new Signal("TERM"), _ -> stop.run());
        Signal.handle(new Signal("INT"), _ -> stop.run());
        Signal.handle(new Signal("HUP"), _ -> reload.run());
    }
}
