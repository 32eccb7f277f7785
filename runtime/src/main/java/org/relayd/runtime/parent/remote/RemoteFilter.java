package org.relayd.runtime.parent.remote;

import java.util.List;
import java.util.Map;
import org.relayd.ir.config.RedirectId;
import org.relayd.ir.image.KernelImage;
import org.relayd.runtime.parent.message.Reply;
import org.relayd.runtime.parent.message.Request;
import org.relayd.runtime.platform.FilterOperation;
import org.relayd.runtime.platform.KernelException;
import org.relayd.runtime.platform.PacketFilter;
import org.relayd.runtime.platform.TableChange;

/**
 * The packet filter, by way of the parent process.
 *
 * @param kernel
 *            asks it
 * @param images
 *            knows which plans it has
 */
record RemoteFilter(KernelAsker kernel, PlanImages images) implements PacketFilter {

    @Override
    public void open(KernelImage image) throws KernelException {
        images.filter(image, named -> kernel.run(new Request.OpenFilter(named.plan(), named.empty())));
    }

    @Override
    public List<TableChange> apply(List<FilterOperation> round) throws KernelException {
        return kernel.ask(new Request.ApplyFilter(round),
                answered -> DueReply.alone(answered, Reply.Changes.class).changes());
    }

    @Override
    public Map<RedirectId, Long> connections() throws KernelException {
        return kernel.ask(new Request.CountConnections(),
                answered -> DueReply.alone(answered, Reply.Counts.class).byRedirect());
    }

    @Override
    public void rebalance() throws KernelException {
        kernel.run(new Request.RebalanceFilter());
    }

    @Override
    public void close() throws KernelException {
        kernel.run(new Request.CloseFilter());
    }
}
