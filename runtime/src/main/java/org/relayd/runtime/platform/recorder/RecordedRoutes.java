package org.relayd.runtime.platform.recorder;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.relayd.ir.config.HostId;
import org.relayd.ir.config.RouteId;
import org.relayd.ir.config.RouterId;
import org.relayd.ir.image.RouteImage;
import org.relayd.ir.image.RouterImage;
import org.relayd.runtime.platform.KernelException;
import org.relayd.runtime.platform.RouteOperation;
import org.relayd.runtime.platform.RouteTable;

/** A routing table that only writes lines. */
final class RecordedRoutes implements RouteTable {
    private final Recording recording;
    private final Map<RouterId, RouterImage> routers = new HashMap<>();

    RecordedRoutes(Recording recording) {
        this.recording = recording;
    }

    @Override
    public void open(RouteImage image) throws KernelException {
        recording.line("routes open");
        routers.clear();
        image.routers().forEach(router -> routers.put(router.id(), router));
    }

    @Override
    public void apply(List<RouteOperation> round) throws KernelException {
        for (RouteOperation operation : round) {
            recording.line(switch (operation) {
                case RouteOperation.Add(var router, var route, var gateway) -> "route add "
                        + words(routers.get(router), route, gateway);
                case RouteOperation.Delete(var router, var route, var gateway) -> "route delete "
                        + words(routers.get(router), route, gateway);
            });
        }
    }

    private static String words(RouterImage router, RouteId route, HostId gateway) {
        RouterImage.Gateway host = router.gateways().stream().filter(one -> one.id().equals(gateway)).findFirst()
                .orElseThrow();
        return router.destinations().stream().filter(one -> one.id().equals(route)).findFirst().orElseThrow()
                .network()
                + " via " + host.address()
                + (host.priority().isPresent() ? " priority " + host.priority().getAsInt() : "")
                + (router.rtable() == 0 ? "" : " rtable " + router.rtable())
                + router.label().map(label -> " label " + label).orElse("");
    }

    @Override
    public int repair() {
        return 0;
    }

    @Override
    public void close() throws KernelException {
        recording.line("routes close");
    }
}
