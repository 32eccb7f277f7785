package org.relayd.runtime.platform;

import java.util.Optional;
import java.util.Set;
import org.relayd.ir.image.RouteImage;

/**
 * Remembers beyond the life of a process that it has changed the kernel, so that the next one knows without asking the
 * kernel whether a process that was killed has left something. One thread calls it.
 */
public interface Footprint {

    /**
     * Returns whether processes that do not run any more have left something.
     *
     * @return the groups that they may have demoted, which may be none; empty if they have left nothing
     * @throws KernelException
     *             if that cannot be known
     */
    Optional<Set<String>> left() throws KernelException;

    /**
     * Says that this process changes the kernel from now on. What others left is its own after that: {@link #left} does
     * not tell of it any more.
     *
     * @param groups
     *            all groups that it may demote, and those of others that it has not yet seen to
     * @param routes
     *            all routers that it may make routes for
     * @throws KernelException
     *             if that cannot be remembered
     */
    void set(Set<String> groups, RouteImage routes) throws KernelException;

    /**
     * Says that nothing is left of this process, nor of those that do not run any more.
     *
     * @throws KernelException
     *             if that cannot be remembered
     */
    void clear() throws KernelException;

    /** Returns the footprint of a kernel that is not changed at all. */
    static Footprint none() {
        return new Footprint() {
            @Override
            public Optional<Set<String>> left() {
                return Optional.empty();
            }

            @Override
            public void set(Set<String> groups, RouteImage routes) {
                // Nothing is changed, so nothing can be left.
            }

            @Override
            public void clear() {
                // As above.
            }
        };
    }
}
