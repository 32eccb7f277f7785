package org.relayd.runtime.parent;

import java.io.IOException;
import org.relayd.runtime.platform.Kernel;

/**
 * The one door to what needs more rights than an ordinary user has, each part for who asks.
 *
 * <p>
 * What crosses it can be written to a socket: names, numbers, texts, addresses and, as descriptors, sockets. What is
 * asked for on an event loop is answered later. So whoever carries it out may be another process.
 */
public interface Rights extends AutoCloseable {

    /** Returns what relays may ask for. */
    RelayRights relays();

    /** Returns what health checks may ask for. */
    CheckRights checks();

    /** Returns what the control socket and access logs are made by. */
    FileRights files();

    /** Returns what certificates and keys are read by. */
    KeyRights keys();

    /** Returns packet filter, routes, demotion and what remembers them; for the thread of the packet filter. */
    Kernel kernel();

    /** Returns the id of the process that users know the daemon by. */
    long pid();

    /** Lets go of what is held: no further scripts run. */
    @Override
    void close();

    /**
     * Gets what comes back for a request that is not waited for: one of both, once, during the call or later, on any
     * thread.
     *
     * @param <T>
     *            what was asked for
     */
    interface Answer<T> {

        /** It is there. */
        void given(T value);

        /** The system refused. */
        void refused(IOException reason);
    }
}
