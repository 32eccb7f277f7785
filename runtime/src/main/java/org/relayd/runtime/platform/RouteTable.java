package org.relayd.runtime.platform;

import java.util.List;
import org.relayd.ir.image.RouteImage;

/** The routing table of a kernel. One thread calls it. Only routes that are ours are ever changed. */
public interface RouteTable {

    /**
     * Takes over the routers of a plan. Routes that a predecessor left and the plan does not want are removed.
     *
     * @throws KernelException
     *             if the kernel refuses or means are missing
     */
    void open(RouteImage image) throws KernelException;

    /**
     * Carries out operations.
     *
     * @throws KernelException
     *             if the kernel refuses one of them; the others have been carried out
     */
    void apply(List<RouteOperation> round) throws KernelException;

    /**
     * Adds what another program has removed.
     *
     * @return how many routes were missing
     * @throws KernelException
     *             if the kernel refuses
     */
    int repair() throws KernelException;

    /**
     * Removes all routes that are ours.
     *
     * @throws KernelException
     *             if the kernel refuses
     */
    void close() throws KernelException;
}
