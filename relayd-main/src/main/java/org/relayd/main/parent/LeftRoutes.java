package org.relayd.main.parent;

import java.util.List;
import org.relayd.ir.image.RouteImage;
import org.relayd.runtime.platform.KernelException;
import org.relayd.runtime.platform.RouteOperation;
import org.relayd.runtime.platform.RouteTable;

/**
 * A routing table whose routes may be left to another daemon: that one makes them its own when this one has ended, so
 * that there is no moment without them. Redirections need no such care, each daemon has its own; nor do demotions,
 * which are counted for each.
 */
final class LeftRoutes implements RouteTable {
    private final RouteTable routes;
    private volatile boolean left;

    LeftRoutes(RouteTable routes) {
        this.routes = routes;
    }

    /** From here on another daemon takes care of them. Any thread. */
    void leave() {
        left = true;
    }

    @Override
    public void open(RouteImage image) throws KernelException {
        routes.open(image);
    }

    @Override
    public void apply(List<RouteOperation> round) throws KernelException {
        if (!left) {
            routes.apply(round);
        }
    }

    @Override
    public int repair() throws KernelException {
        return left ? 0 : routes.repair();
    }

    @Override
    public void close() throws KernelException {
        if (!left) {
            routes.close();
        }
    }
}
