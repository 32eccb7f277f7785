package org.relayd.runtime.parent.remote;

import java.util.Set;
import org.relayd.runtime.parent.message.Request;
import org.relayd.runtime.platform.CarpDemotion;
import org.relayd.runtime.platform.KernelException;

/**
 * Demotion, by way of the parent process.
 *
 * @param kernel
 *            asks it
 */
record RemoteDemotion(KernelAsker kernel) implements CarpDemotion {

    @Override
    public void open(Set<String> groups) throws KernelException {
        kernel.run(new Request.OpenDemotion(groups));
    }

    @Override
    public void change(String group, int delta) throws KernelException {
        kernel.run(new Request.ChangeDemotion(group, delta));
    }

    @Override
    public void repair() throws KernelException {
        kernel.run(new Request.RepairDemotion());
    }

    @Override
    public void close() throws KernelException {
        kernel.run(new Request.CloseDemotion());
    }
}
