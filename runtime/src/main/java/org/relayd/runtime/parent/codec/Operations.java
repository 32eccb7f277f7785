package org.relayd.runtime.parent.codec;

import java.io.IOException;
import java.util.List;
import org.relayd.ir.config.HostId;
import org.relayd.ir.config.RedirectId;
import org.relayd.ir.config.RouteId;
import org.relayd.ir.config.RouterId;
import org.relayd.runtime.platform.FilterOperation;
import org.relayd.runtime.platform.FilterOperation.FlushHosts;
import org.relayd.runtime.platform.FilterOperation.ForgetClients;
import org.relayd.runtime.platform.FilterOperation.LoadRules;
import org.relayd.runtime.platform.FilterOperation.RemoveRules;
import org.relayd.runtime.platform.FilterOperation.SetHosts;
import org.relayd.runtime.platform.RouteOperation;
import org.relayd.runtime.platform.TableChange;

/** Operations of the kernel, and what they came to. */
final class Operations {
    private Operations() {}

    static void writeFilter(FrameOutput out, FilterOperation operation) {
        switch (operation) {
            case SetHosts(RedirectId redirect, List<HostId> hosts)
                    -> out.octet(1).one(Ids::write, redirect).all(Ids::write, hosts);
            case FlushHosts(RedirectId redirect) -> out.octet(2).one(Ids::write, redirect);
            case ForgetClients(RedirectId redirect, HostId host)
                    -> out.octet(3).one(Ids::write, redirect).one(Ids::write, host);
            case LoadRules(RedirectId redirect) -> out.octet(4).one(Ids::write, redirect);
            case RemoveRules(RedirectId redirect) -> out.octet(5).one(Ids::write, redirect);
        }
    }

    static FilterOperation readFilter(FrameInput in) throws IOException {
        return switch (in.octet()) {
            case 1 -> new SetHosts(Ids.readRedirect(in), readHosts(in));
            case 2 -> new FlushHosts(Ids.readRedirect(in));
            case 3 -> new ForgetClients(Ids.readRedirect(in), Ids.readHost(in));
            case 4 -> new LoadRules(Ids.readRedirect(in));
            case 5 -> new RemoveRules(Ids.readRedirect(in));
            default -> throw in.unknown("operation on redirections");
        };
    }

    private static List<HostId> readHosts(FrameInput in) throws IOException {
        List<HostId> hosts = in.list("hosts", Integer.BYTES, Ids::readHost);
        if (hosts.isEmpty()) {
            throw new IOException("no hosts are set");
        }
        return hosts;
    }

    static void writeRoute(FrameOutput out, RouteOperation operation) {
        switch (operation) {
            case RouteOperation.Add(RouterId router, RouteId route, HostId gateway)
                    -> out.octet(1).one(Ids::write, router).one(Ids::write, route).one(Ids::write, gateway);
            case RouteOperation.Delete(RouterId router, RouteId route, HostId gateway)
                    -> out.octet(2).one(Ids::write, router).one(Ids::write, route).one(Ids::write, gateway);
        }
    }

    static RouteOperation readRoute(FrameInput in) throws IOException {
        return switch (in.octet()) {
            case 1 -> new RouteOperation.Add(Ids.readRouter(in), Ids.readRoute(in), Ids.readHost(in));
            case 2 -> new RouteOperation.Delete(Ids.readRouter(in), Ids.readRoute(in), Ids.readHost(in));
            default -> throw in.unknown("operation on routes");
        };
    }

    static void writeChange(FrameOutput out, TableChange change) {
        out.one(Ids::write, change.redirect()).number(change.added()).number(change.deleted())
                .number(change.changed()).number(change.killed());
    }

    static TableChange readChange(FrameInput in) throws IOException {
        return new TableChange(Ids.readRedirect(in), in.howMany(), in.howMany(), in.howMany(), in.howMany());
    }
}
