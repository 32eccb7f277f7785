package org.relayd.runtime.parent.local;

import java.util.random.RandomGenerator;
import org.relayd.ir.image.KernelImage;
import org.relayd.runtime.SocketKind;
import org.relayd.runtime.parent.CheckRights;
import org.relayd.runtime.parent.FileRights;
import org.relayd.runtime.parent.KeyRights;
import org.relayd.runtime.parent.RelayRights;
import org.relayd.runtime.parent.Rights;
import org.relayd.runtime.platform.Kernel;
import org.relayd.runtime.platform.NatLookup;

/** Carries out all requests in this process, with the rights that it has. */
public final class LocalRights implements Rights {
    private final Kernel kernel;
    private final LocalFiles files;
    private final LocalKeys keys = new LocalKeys();
    private final LocalSockets relays;
    private final LocalChecks checks = new LocalChecks();
    private final long pid = ProcessHandle.current().pid();

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
        kernel = Kernels.of(image, random, pid);
        files = new LocalFiles(sockets, pid);
        relays = new LocalSockets(sockets, translations);
    }

    @Override
    public RelayRights relays() {
        return relays;
    }

    @Override
    public CheckRights checks() {
        return checks;
    }

    @Override
    public FileRights files() {
        return files;
    }

    @Override
    public KeyRights keys() {
        return keys;
    }

    @Override
    public Kernel kernel() {
        return kernel;
    }

    @Override
    public long pid() {
        return pid;
    }

    @Override
    public void close() {
        checks.close();
    }
}
