package org.relayd.runtime.parent.remote;

import org.relayd.runtime.parent.FileRights;
import org.relayd.runtime.parent.FileRights;
import org.relayd.runtime.parent.KeyRights;
import org.relayd.runtime.parent.RelayRights;
import org.relayd.runtime.parent.Rights;
import org.relayd.runtime.platform.Kernel;

/**
 * Has the parent process carry out all requests, with the rights that it has.
 *
 * @param kernel
 *            what the parent carries out in the kernel
 * @param files
 *            what it opens
 * @param keys
 *            what it signs with
 * @param relays
 *            sockets that it makes
 * @param checks
 *            what it runs and makes for checks; closed with the rights
 * @param pid
 *            its number
 * @param images
 *            the plans that the kernel's images are of: each must be known there before it is used here
 */
public record RemoteRights(Kernel kernel, FileRights files, KeyRights keys, RelayRights relays, RemoteChecks checks,
        long pid, PlanImages images) implements Rights {

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
        PlanImages images = new PlanImages(parent);
        KernelAsker asker = new KernelAsker(parent);
        this(new Kernel(new RemoteFilter(asker, images), new RemoteRoutes(asker, images), new RemoteDemotion(asker),
                new RemoteFootprint(asker, images)), new RemoteFiles(parent), keys, new RemoteRelays(parent),
                new RemoteChecks(parent), pid, images);
    }

    @Override
    public void close() {
        checks.close();
    }
}
