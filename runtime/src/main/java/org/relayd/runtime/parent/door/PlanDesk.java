package org.relayd.runtime.parent.door;

import java.util.List;
import java.util.Optional;
import org.relayd.ir.plan.Plan;
import org.relayd.runtime.tls.OctetString;

/**
 * Where configurations are compiled and numbered. At most two plans are present: the one that is executed, and the one
 * that was given out last and is neither committed nor abandoned yet. Any thread; nothing blocks.
 */
public interface PlanDesk {

    /**
     * Asks for what a new worker begins with: the plan that was committed last, or, before any was, that of the file of
     * the command line. A plan that the worker before it had got and not committed is forgotten.
     */
    void first(Taker taker);

    /**
     * Asks for another plan. One is compiled after the other, in the order of the requests.
     *
     * @param file
     *            file to take this once; empty for that of the command line
     */
    void reload(Optional<String> file, Taker taker);

    /**
     * The worker executes a plan now: the one before it is forgotten. A number that was not given out last is ignored.
     */
    void committed(int number);

    /** The worker will not execute the plan that was given out last: it is forgotten. */
    void abandoned(int number);

    /** Gets what was asked for: one of both, once, during the call or later, on any thread. */
    interface Taker {

        /** There is a plan; what it asks for is permitted from now on. */
        void given(Offer offer);

        /** There is none, for these reasons, which the worker may know. */
        void refused(List<String> lines);
    }

    /**
     * A plan.
     *
     * @param number
     *            from 1, counted up
     * @param content
     *            of the bundle for the worker
     * @param plan
     *            what was compiled
     * @param controlSocket
     *            path of the control socket, which the command line may have named
     */
    record Offer(int number, OctetString content, Plan plan, String controlSocket) {}
}
