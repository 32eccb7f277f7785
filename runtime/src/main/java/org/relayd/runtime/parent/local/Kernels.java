package org.relayd.runtime.parent.local;

import java.nio.file.Path;
import java.util.random.RandomGenerator;
import org.relayd.ir.image.KernelImage;
import org.relayd.ir.term.OperatingSystem;
import org.relayd.runtime.platform.Kernel;
import org.relayd.runtime.platform.NatLookup;
import org.relayd.runtime.platform.bsd.FreeBsdKernel;
import org.relayd.runtime.platform.bsd.OpenBsdKernel;
import org.relayd.runtime.platform.linux.LinuxKernel;
import org.relayd.runtime.platform.recorder.Recording;

/** The kernels that carry images out. None is touched before something is asked of it. */
public final class Kernels {
    private Kernels() {}

    /**
     * Returns the kernel for images of a kind.
     *
     * @param random
     *            makes up keys of hashes that the configuration gives none for
     * @param pid
     *            of the process that what is in the kernel belongs to
     */
    public static Kernel of(KernelImage image, RandomGenerator random, long pid) {
        return switch (image) {
            case KernelImage.Nftables _ -> LinuxKernel.of(random, pid);
            case KernelImage.PfOfOpenBsd _ -> OpenBsdKernel.of(random, pid);
            case KernelImage.PfOfFreeBsd _ -> FreeBsdKernel.of(pid);
            case KernelImage.Recorded(String file, var _) -> Recording.to(Path.of(file)).kernel();
            case KernelImage.Unheeded _ -> Recording.nowhere().kernel();
        };
    }

    /**
     * Returns what asks the packet filter of a system for translations, whether or not redirections are carried out.
     */
    public static NatLookup natLookup(OperatingSystem system) {
        return switch (system) {
            case OPENBSD -> OpenBsdKernel.natLookup();
            case FREEBSD -> FreeBsdKernel.natLookup();
            case LINUX, OTHER -> NatLookup.none();
        };
    }
}
