package org.relayd.runtime.platform;

import java.util.List;
import java.util.Map;
import org.relayd.ir.config.RedirectId;
import org.relayd.ir.image.KernelImage;

/**
 * The packet filter of a kernel. One thread calls it. After an exception of {@link #apply} its content is
 * that before or after the round, never part of it, where the kernel has transactions; {@link #open} brings
 * it to a known state again.
 */
public interface PacketFilter {

    /**
     * Prepares redirections, without rules and hosts. Those that are open already and have the same name as before keep
     * their rules, and the hosts that have the same address. Takes over or removes what a process that was killed has
     * left; touches nothing else.
     *
     * @param image
     *            the redirections, in the terms of this packet filter
     * @throws IllegalArgumentException
     *             if they are in those of another one
     * @throws KernelException
     *             if the kernel refuses or means are missing
     */
    void open(KernelImage image) throws KernelException;

    /**
     * Carries out the operations of one round, in order; as one transaction where the kernel has them.
     *
     * @return one entry for each redirection whose hosts were set, in order
     * @throws KernelException
     *             if the kernel refuses
     */
    List<TableChange> apply(List<FilterOperation> round) throws KernelException;

    /**
     * Reads how many connections each redirection has taken since {@link #open}.
     *
     * @throws KernelException
     *             if the kernel does not have what was loaded any more
     */
    Map<RedirectId, Long> connections() throws KernelException;

    /**
     * Lets choices that go by the number of connections catch up, where the kernel does not do that by itself. Called
     * every round of checks.
     *
     * @throws KernelException
     *             if the kernel refuses
     */
    void rebalance() throws KernelException;

    /**
     * Removes everything that is ours.
     *
     * @throws KernelException
     *             if the kernel refuses
     */
    void close() throws KernelException;
}
