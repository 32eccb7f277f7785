package org.relayd.runtime.parent;

import java.io.IOException;
import org.relayd.ir.net.IpFamily;

/** The acts of health checks that need rights or a process of their own: raw ICMP sockets and scripts. A closed set. */
public interface CheckRights {

    /**
     * Opens a socket for ICMP echo requests and their answers. Blocks; for start and reload only.
     *
     * @throws IOException
     *             with the system's words, e.g. {@code Operation not permitted}
     */
    EchoSocket openEcho(IpFamily family) throws IOException;

    /**
     * Runs a check script.
     *
     * @param answer
     *            called once, on any thread
     */
    void runScript(ScriptRun run, ScriptAnswer answer);

    /**
     * An open socket for ICMP echo requests.
     *
     * @param socket
     *            not connected, not blocking; the caller closes it
     * @param raw
     *            whether it takes the identifier of requests as it is, gets the answers to all processes and, over
     *            IPv4, their IP headers; else the system chooses the identifier and sorts the answers
     */
    record EchoSocket(OpenSocket socket, boolean raw) {}

    /** Gets the end of a script. */
    @FunctionalInterface
    interface ScriptAnswer {

        /** The script has ended, or did not start. */
        void ended(ScriptEnd end);
    }
}
