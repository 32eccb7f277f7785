package org.relayd.runtime.platform.bsd;

import java.util.random.RandomGenerator;
import org.relayd.runtime.platform.Kernel;
import org.relayd.runtime.platform.NatLookup;
import org.relayd.runtime.platform.bsd.abi.Abi;

/** The services of OpenBSD's kernel. Making them costs nothing: the C library is loaded when a service is opened. */
public final class OpenBsdKernel {
    private OpenBsdKernel() {}

    /**
     * Returns the services.
     *
     * @param random
     *            makes up keys of hashes that the configuration gives none for
     * @param pid
     *            of the process that what is in the kernel belongs to
     */
    public static Kernel of(RandomGenerator random, long pid) {
        return of(new NativeCalls(), new RunFiles(RunFiles.FOLDER, pid), random);
    }

    static Kernel of(SystemCalls calls, RunFiles files, RandomGenerator random) {
        Abi abi = Abi.ofOpenBsd();
        return new Kernel(new PfPacketFilter(calls, abi,
                device -> new RequestedRules(device, new RuleImages(abi, random), new PfctlRules(calls))),
                new BsdRoutes(calls, new RoutingSocket.OfOpenBsd(abi)),
                new CountedDemotion(new DemotionCounter.OfGroups(calls, abi), files), files);
    }

    /** Returns what asks pf for translations. */
    public static NatLookup natLookup() {
        return new PfNatLookup(new NativeCalls(), Abi.ofOpenBsd());
    }
}
