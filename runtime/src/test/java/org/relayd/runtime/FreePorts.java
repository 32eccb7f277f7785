package org.relayd.runtime;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Ports of the loopback for listeners of tests. They lie below those that the kernel gives to sockets that ask
 * for none (ip(7), ip_local_port_range), so that no connection and no other listener of a test takes one
 * between its choice and its use.
 */
public final class FreePorts {
    private static final int FIRST = 12_000;
    private static final int COUNT = 20_000;
    /** Where the search goes on; processes begin at different places. */
    private static final AtomicInteger NEXT = new AtomicInteger((int) (ProcessHandle.current().pid() * 97 % COUNT));

    private FreePorts() {}

    /**
     * A port that nobody listens on and that this process has not been given before.
     *
     * @throws IllegalStateException
     *             if there is none
     */
    public static int next() {
        for (int tries = 0; tries < COUNT; tries++) {
            int port = FIRST + NEXT.getAndIncrement() % COUNT;
            try (ServerSocket probe = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
                return probe.getLocalPort();
            } catch (IOException taken) {
                // the next one, then
            }
        }
        throw new IllegalStateException("no port of the loopback is free");
    }
}
