package org.relayd.runtime.parent.local;

import org.relayd.runtime.SocketKind;
import org.relayd.runtime.parent.CheckRights;
import org.relayd.runtime.parent.RelayRights;
import org.relayd.runtime.parent.Rights;
import org.relayd.runtime.platform.Kernel;
import org.relayd.runtime.platform.NatLookup;

/** Carries out all requests in this process, with the rights that it has. */
public final class LocalRights implements Rights {
    private final Kernel kernel;
    private final LocalSockets relays;
    private final LocalChecks checks = new LocalChecks();
    private final long pid = ProcessHandle.current().pid();

    /**
     * Holds the rights of this process.
     *
     * @param kernel
     *            the services of the kernel, which nobody has opened
     * @param sockets
     *            what sockets are made of
     * @param translations
     *            asks the packet filter, where sockets do not know themselves
     */
    public LocalRights(Kernel kernel, SocketKind sockets, NatLookup translations) {
        this.kernel = kernel;
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
