package org.relayd.runtime.parent.remote;

import org.relayd.runtime.parent.CheckRights;
import org.relayd.runtime.parent.FileRights;
import org.relayd.runtime.parent.KeyRights;
import org.relayd.runtime.parent.RelayRights;
import org.relayd.runtime.parent.Rights;
import org.relayd.runtime.platform.Kernel;

/** Has the parent process carry out all requests, with the rights that it has. */
public final class RemoteRights implements Rights {
    private final long pid;
    private final KeyRights keys;
    private final PlanImages images;
    private final RemoteRelays relays;
    private final RemoteChecks checks;
    private final RemoteFiles files;
    private final Kernel kernel;

    /**
     * Asks a parent process, which must have been told nothing of plans yet.
     *
     * @param parent
     *            the parent process; not closed with the rights, as there is more to say to it
     * @param pid
     *            its number
     * @param keys
     *            asks it for keys
     */
    public RemoteRights(Parent parent, long pid, KeyRights keys) {
        this.pid = pid;
        this.keys = keys;
        images = new PlanImages(parent);
        relays = new RemoteRelays(parent);
        checks = new RemoteChecks(parent);
        files = new RemoteFiles(parent);
        KernelAsker asker = new KernelAsker(parent);
        kernel = new Kernel(new RemoteFilter(asker, images), new RemoteRoutes(asker, images),
                new RemoteDemotion(asker), new RemoteFootprint(asker, images));
    }

    /** Returns the plans that the kernel's images are of: each must be known there before it is used here. */
    public PlanImages images() {
        return images;
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
