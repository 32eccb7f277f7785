package org.relayd.runtime.platform.linux;

import java.util.random.RandomGenerator;
import org.relayd.runtime.platform.Kernel;
import org.relayd.runtime.platform.linux.files.KernelFiles;
import org.relayd.runtime.platform.linux.files.TableOwner;
import org.relayd.runtime.platform.linux.files.TrackFiles;

/** The services of a Linux kernel. Making them costs nothing: libraries are loaded when a service is opened. */
public final class LinuxKernel {
    private LinuxKernel() {}

    /**
     * Returns the services.
     *
     * @param random
     *            makes up keys of hashes that the configuration gives none for
     * @param pid
     *            of the process that what is in the kernel belongs to
     */
    public static Kernel of(RandomGenerator random, long pid) {
        TableOwner self = TableOwner.of(pid);
        KernelFiles files = new KernelFiles(KernelFiles.FOLDER, self);
        return new Kernel(new LinuxPacketFilter(random, self), new LinuxRoutes(files::routesOfOthers),
                new TrackFiles(TrackFiles.FOLDER, TrackFiles.SHARES, self), files);
    }
}
