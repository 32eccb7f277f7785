package org.relayd.runtime.parent.door;

import java.io.IOException;
import java.util.Set;
import org.relayd.runtime.parent.message.Request;

/** Holds the keys of the worker and signs with them. What it is asked for has been found in a plan. */
public interface KeyDesk {

    /**
     * Does what the worker asks for. Blocks; one call at a time, on the thread of files.
     *
     * @param authorities
     *            those of the plans that are present: what the worker says of one is not believed
     * @throws IOException
     *             with the system's words or its own, for the worker to know
     */
    Given answer(Request.OfKeys request, Set<PlanAuthority> authorities) throws IOException;

    /** Only the keys of these files are named by plans that are present: others are forgotten. Any thread. */
    void keepOnly(Set<String> files);

    /** The worker has ended: its keys and its streams end. Any thread; the next worker begins after that. */
    void ended();
}
