package org.relayd.runtime.hce.check;

/** A check that is under way. */
@FunctionalInterface
public interface RunningCheck {

    /** Ends the check without a result and frees what it holds; without effect after its end. Engine thread only. */
    void abandon();
}
