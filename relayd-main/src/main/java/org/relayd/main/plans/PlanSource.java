package org.relayd.main.plans;

import java.util.Optional;
import org.relayd.main.options.RelaydOptions;

/** Where the daemon has its plans from. One call at a time. */
public interface PlanSource {

    /** Returns the command line. */
    RelaydOptions options();

    /**
     * Returns the plan to begin with. Blocks on files and DNS.
     *
     * @throws StartException
     *             if there is none; without lines if the user has read them
     */
    LoadedPlan first() throws StartException;

    /**
     * Returns a plan to be executed instead of the present one. Blocks on files and DNS.
     *
     * @param file
     *            file to take this once; empty for that of the command line
     * @throws StartException
     *             if there is none
     */
    LoadedPlan again(Optional<String> file) throws StartException;

    /** A plan is executed now, and no other. */
    void committed(LoadedPlan plan);

    /** A plan will not be executed. */
    void abandoned(LoadedPlan plan);
}
