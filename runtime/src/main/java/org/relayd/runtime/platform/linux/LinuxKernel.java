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
     */
    public static Kernel of(RandomGenerator random) {
        KernelFiles files = new KernelFiles(KernelFiles.FOLDER);
        return new Kernel(new LinuxPacketFilter(random), new LinuxRoutes(files::routesOfOthers),
                new TrackFiles(TrackFiles.FOLDER, TrackFiles.SHARES, TableOwner.self()), files);
    }
}
