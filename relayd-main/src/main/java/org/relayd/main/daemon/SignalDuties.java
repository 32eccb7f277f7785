package org.relayd.main.daemon;

/** What signals ask for. Any thread. */
public interface SignalDuties {

    /** SIGHUP: read the configuration again. */
    void reload();

    /** SIGUSR1: open access logs anew. */
    void reopen();

    /** SIGTERM and SIGINT: end. */
    void stop();
}
