package org.relayd.runtime.parent.codec;

import java.io.IOException;
import org.relayd.ir.config.HostId;
import org.relayd.ir.config.RedirectId;
import org.relayd.ir.config.RouteId;
import org.relayd.ir.config.RouterId;
import org.relayd.ir.config.TableId;
import org.relayd.ir.term.HostState;

/** Numbers of what the configuration knows by number, and the states of hosts. */
final class Ids {
    private Ids() {}

    static void write(FrameOutput out, HostId host) {
        out.number(host.number());
    }

    static HostId readHost(FrameInput in) throws IOException {
        return new HostId(read(in, "host"));
    }

    static void write(FrameOutput out, TableId table) {
        out.number(table.number());
    }

    static TableId readTable(FrameInput in) throws IOException {
        return new TableId(read(in, "table"));
    }

    static void write(FrameOutput out, RedirectId redirect) {
        out.number(redirect.number());
    }

    static RedirectId readRedirect(FrameInput in) throws IOException {
        return new RedirectId(read(in, "redirect"));
    }

    static void write(FrameOutput out, RouterId router) {
        out.number(router.number());
    }

    static RouterId readRouter(FrameInput in) throws IOException {
        return new RouterId(read(in, "router"));
    }

    static void write(FrameOutput out, RouteId route) {
        out.number(route.number());
    }

    static RouteId readRoute(FrameInput in) throws IOException {
        return new RouteId(read(in, "route"));
    }

    private static int read(FrameInput in, String what) throws IOException {
        return in.number(what, 1, Integer.MAX_VALUE);
    }

    static void writeState(FrameOutput out, HostState state) {
        out.octet(switch (state) {
            case UNKNOWN -> 0;
            case UP -> 1;
            case DOWN -> 2;
        });
    }

    static HostState readState(FrameInput in) throws IOException {
        return switch (in.octet()) {
            case 0 -> HostState.UNKNOWN;
            case 1 -> HostState.UP;
            case 2 -> HostState.DOWN;
            default -> throw in.unknown("state of a host");
        };
    }
}
