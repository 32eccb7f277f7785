package org.relayd.runtime.platform.bsd;

import java.util.List;
import org.relayd.ir.image.PfImage;
import org.relayd.runtime.platform.KernelException;

/** The way that the rules of an anchor reach the kernel. */
sealed interface PfRules permits RequestedRules, PfctlRules {

    /**
     * Makes sure that pf works.
     *
     * @throws KernelException
     *             if it is disabled
     */
    void requireEnabled() throws KernelException;

    /** Returns the full names of the anchors below {@code relayd}. */
    List<String> anchors() throws KernelException;

    /** Replaces the rules of an anchor, at once. */
    void load(PfImage anchor) throws KernelException;

    /** Removes the rules of an anchor, at once. */
    void remove(String anchor) throws KernelException;
}
