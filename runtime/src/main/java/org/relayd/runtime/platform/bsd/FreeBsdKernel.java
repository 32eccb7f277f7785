package org.relayd.runtime.platform.bsd;

import org.relayd.runtime.platform.Kernel;
import org.relayd.runtime.platform.NatLookup;
import org.relayd.runtime.platform.bsd.abi.Abi;

/** The services of FreeBSD's kernel. Making them costs nothing: the C library is loaded when a service is opened. */
public final class FreeBsdKernel {
    private FreeBsdKernel() {}

    /**
     * Returns the services.
     *
     * @param pid
     *            of the process that what is in the kernel belongs to
     */
    public static Kernel of(long pid) {
        return of(new NativeCalls(), new RunFiles(RunFiles.FOLDER, pid));
    }

    static Kernel of(SystemCalls calls, RunFiles files) {
        Abi abi = Abi.ofFreeBsd();
        return new Kernel(new PfPacketFilter(calls, abi, device -> new PfctlRules(calls)),
                new BsdRoutes(calls, new RoutingSocket.OfFreeBsd(abi)),
                new CountedDemotion(new DemotionCounter.OfMachine(calls), files), files);
    }

    /** Returns what asks pf for translations. */
    public static NatLookup natLookup() {
        return new PfNatLookup(new NativeCalls(), Abi.ofFreeBsd());
    }
}
