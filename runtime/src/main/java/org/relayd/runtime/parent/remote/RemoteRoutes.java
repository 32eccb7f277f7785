package org.relayd.runtime.parent.remote;

import java.util.List;
import org.relayd.ir.image.RouteImage;
import org.relayd.runtime.parent.message.Reply;
import org.relayd.runtime.parent.message.Request;
import org.relayd.runtime.platform.KernelException;
import org.relayd.runtime.platform.RouteOperation;
import org.relayd.runtime.platform.RouteTable;

/**
 * The routing table, by way of the parent process.
 *
 * @param kernel
 *            asks it
 * @param images
 *            knows which plans it has
 */
record RemoteRoutes(KernelAsker kernel, PlanImages images) implements RouteTable {

    @Override
    public void open(RouteImage image) throws KernelException {
        images.routes(image, named -> kernel.run(new Request.OpenRoutes(named.plan(), named.empty())));
    }

    @Override
    public void apply(List<RouteOperation> round) throws KernelException {
        kernel.run(new Request.ApplyRoutes(round));
    }

    @Override
    public int repair() throws KernelException {
        return kernel.ask(new Request.RepairRoutes(),
                answered -> DueReply.alone(answered, Reply.Missing.class).routes());
    }

    @Override
    public void close() throws KernelException {
        kernel.run(new Request.CloseRoutes());
    }
}
