package org.relayd.runtime.parent.service;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.relayd.runtime.Log;

/**
 * Tells the service manager how the daemon is. What it does not take is told in the log once, and no reason to stop.
 * Any thread.
 */
public final class ServiceNotices {
    private final Mailbox mailbox;
    private final long pid;
    private final Log log;
    private final Map<Integer, String> stored = new HashMap<>();
    private int names;
    private boolean complained;

    /**
     * Creates them.
     *
     * @param pid
     *            the process that serves
     */
    public ServiceNotices(Mailbox mailbox, long pid, Log log) {
        this.mailbox = mailbox;
        this.pid = pid;
        this.log = log;
    }

    /** Clients are served, for the first time or after a reload. */
    public void ready() {
        send("READY=1\nMAINPID=" + pid + "\nSTATUS=serving\n", List.of());
    }

    /**
     * A reload begins; {@link #ready} follows, whatever comes of it.
     *
     * @param nanos
     *            the clock that only runs forward: without it systemd waits for a reload that was over before
     */
    public void reloading(long nanos) {
        send("RELOADING=1\nMONOTONIC_USEC=" + nanos / 1000 + "\nSTATUS=reloading\n", List.of());
    }

    /** The daemon is about to end: sessions may go on for some time. */
    public void stopping() {
        send("STOPPING=1\nSTATUS=draining\n", List.of());
    }

    /** The daemon is alive, and so are its event loops. */
    public void alive() {
        send("WATCHDOG=1\n", List.of());
    }

    /**
     * Has the service manager keep sockets, for a daemon that comes after this one: those, and no others that were kept
     * before.
     *
     * @param sockets
     *            descriptors of this process, each the same socket for as long as it is kept
     */
    public synchronized void keep(Set<Integer> sockets) {
        Set<Integer> gone = new HashSet<>(stored.keySet());
        gone.removeAll(sockets);
        for (Integer socket : gone) {
            send("FDSTOREREMOVE=1\nFDNAME=" + stored.remove(socket) + "\n", List.of());
        }
        for (Integer socket : new ArrayList<>(sockets)) {
            if (!stored.containsKey(socket)) {
                String name = "relayd-" + ++names;
                stored.put(socket, name);
                send("FDSTORE=1\nFDNAME=" + name + "\n", List.of(socket));
            }
        }
    }

    private synchronized void send(String text, List<Integer> descriptors) {
        try {
            mailbox.send(text, descriptors);
        } catch (IOException refused) {
            if (!complained) {
                complained = true;
                log.warn("service manager: " + refused.getMessage());
            }
        }
    }
}
