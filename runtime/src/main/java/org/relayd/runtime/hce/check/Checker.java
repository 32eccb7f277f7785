package org.relayd.runtime.hce.check;

import java.util.function.Consumer;

/** Makes health checks of one kind. Engine thread only. */
@FunctionalInterface
public interface Checker {

    /**
     * Starts a check. It ends by itself, at the latest when the timeout of the host's table has passed.
     *
     * @param target
     *            what to check
     * @param done
     *            told how the check ended: once, on the engine thread, never before this method has returned; not if
     *            it was abandoned
     */
    RunningCheck start(CheckTarget target, Consumer<CheckOutcome> done);
}
