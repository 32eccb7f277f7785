package org.relayd.runtime.parent.local;

import java.util.random.RandomGenerator;
import org.relayd.ir.image.KernelImage;
import org.relayd.runtime.SocketKind;
import org.relayd.runtime.parent.FileRights;
import org.relayd.runtime.parent.KeyRights;
import org.relayd.runtime.parent.RelayRights;
import org.relayd.runtime.parent.Rights;
import org.relayd.runtime.platform.Kernel;
import org.relayd.runtime.platform.NatLookup;

/**
 * Carries out all requests in this process, with the rights that it has.
 *
 * @param kernel
 *            of the kind that the configuration asks for
 * @param files
 *            of this process
 * @param keys
 *            of this process
 * @param relays
 *            sockets of this process
 * @param checks
 *            of this process; closed with the rights
 * @param pid
 *            its number
 */
public record LocalRights(Kernel kernel, FileRights files, KeyRights keys, RelayRights relays, LocalChecks checks,
        long pid) implements Rights {

    /**
     * Holds the rights of this process.
     *
     * @param image
     *            an image of the kind that the kernel is to carry out
     * @param random
     *            makes up keys of hashes that the configuration gives none for
     * @param sockets
     *            what sockets are made of
     * @param translations
     *            asks the packet filter, where sockets do not know themselves
     */
    public LocalRights(KernelImage image, RandomGenerator random, SocketKind sockets, NatLookup translations) {
        long pid = ProcessHandle.current().pid();
        this(Kernels.of(image, random, pid), new LocalFiles(sockets, pid), new LocalKeys(),
                new LocalSockets(sockets, translations), new LocalChecks(), pid);
    }

    @Override
    public void close() {
        checks.close();
    }
}
