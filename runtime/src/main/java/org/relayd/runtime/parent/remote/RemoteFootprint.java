package org.relayd.runtime.parent.remote;

import java.util.Optional;
import java.util.Set;
import org.relayd.ir.image.RouteImage;
import org.relayd.runtime.parent.message.Reply;
import org.relayd.runtime.parent.message.Request;
import org.relayd.runtime.platform.Footprint;
import org.relayd.runtime.platform.KernelException;

/**
 * What remembers the changes of the kernel, by way of the parent process.
 *
 * @param kernel
 *            asks it
 * @param images
 *            knows which plans it has
 */
record RemoteFootprint(KernelAsker kernel, PlanImages images) implements Footprint {

    @Override
    public Optional<Set<String>> left() throws KernelException {
        return kernel.ask(new Request.FindFootprint(), answered -> DueReply.isNothing(answered) ? Optional.empty()
                : Optional.of(DueReply.alone(answered, Reply.Groups.class).names()));
    }

    @Override
    public void set(Set<String> groups, RouteImage routes) throws KernelException {
        images.routes(routes, named -> kernel.run(new Request.SetFootprint(groups, named.plan(), named.empty())));
    }

    @Override
    public void clear() throws KernelException {
        kernel.run(new Request.ClearFootprint());
    }
}
