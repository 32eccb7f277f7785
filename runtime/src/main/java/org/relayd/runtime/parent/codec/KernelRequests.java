package org.relayd.runtime.parent.codec;

import java.io.IOException;
import java.util.List;
import java.util.Set;
import org.relayd.runtime.parent.message.Request;
import org.relayd.runtime.platform.FilterOperation;
import org.relayd.runtime.platform.RouteOperation;

/** Requests of the packet filter's thread. */
final class KernelRequests {
    /**
     * Groups of one request at most. The worker may choose names that take the same place in a hash table, where each
     * is compared with all before it.
     */
    static final int MOST_GROUPS = 4096;
    /** Octets of an operation on redirections and routes: a tag and one or three numbers. */
    private static final int FILTER = 5;
    private static final int ROUTE = 13;

    private KernelRequests() {}

    static void write(FrameOutput out, Request.OfKernel request) {
        switch (request) {
            case Request.OpenFilter(int plan, boolean empty) -> out.octet(1).number(plan).truth(empty);
            case Request.ApplyFilter(List<FilterOperation> round) -> out.octet(2).all(Operations::writeFilter, round);
            case Request.CountConnections() -> out.octet(3);
            case Request.RebalanceFilter() -> out.octet(4);
            case Request.CloseFilter() -> out.octet(5);
            case Request.OpenRoutes(int plan, boolean empty) -> out.octet(6).number(plan).truth(empty);
            case Request.ApplyRoutes(List<RouteOperation> round) -> out.octet(7).all(Operations::writeRoute, round);
            case Request.RepairRoutes() -> out.octet(8);
            case Request.CloseRoutes() -> out.octet(9);
            case Request.OpenDemotion(Set<String> groups) -> out.octet(10).one(KernelRequests::writeGroups, groups);
            case Request.ChangeDemotion(String group, int delta) -> out.octet(11).text(group).number(delta);
            case Request.RepairDemotion() -> out.octet(12);
            case Request.CloseDemotion() -> out.octet(13);
            case Request.FindFootprint() -> out.octet(14);
            case Request.SetFootprint(Set<String> groups, int plan, boolean empty)
                    -> out.octet(15).one(KernelRequests::writeGroups, groups).number(plan).truth(empty);
            case Request.ClearFootprint() -> out.octet(16);
        }
    }

    static Request.OfKernel read(FrameInput in) throws IOException {
        return switch (in.octet()) {
            case 1 -> new Request.OpenFilter(in.number(), in.truth());
            case 2 -> new Request.ApplyFilter(in.list("operations", FILTER, Operations::readFilter));
            case 3 -> new Request.CountConnections();
            case 4 -> new Request.RebalanceFilter();
            case 5 -> new Request.CloseFilter();
            case 6 -> new Request.OpenRoutes(in.number(), in.truth());
            case 7 -> new Request.ApplyRoutes(in.list("operations", ROUTE, Operations::readRoute));
            case 8 -> new Request.RepairRoutes();
            case 9 -> new Request.CloseRoutes();
            case 10 -> new Request.OpenDemotion(readGroups(in));
            case 11 -> new Request.ChangeDemotion(in.text(), in.number());
            case 12 -> new Request.RepairDemotion();
            case 13 -> new Request.CloseDemotion();
            case 14 -> new Request.FindFootprint();
            case 15 -> new Request.SetFootprint(readGroups(in), in.number(), in.truth());
            case 16 -> new Request.ClearFootprint();
            default -> throw in.unknown("request for the kernel");
        };
    }

    static void writeGroups(FrameOutput out, Set<String> groups) {
        if (groups.size() > MOST_GROUPS) {
            throw new IllegalArgumentException(groups.size() + " groups");
        }
        out.all(FrameOutput::text, groups);
    }

    static Set<String> readGroups(FrameInput in) throws IOException {
        return in.set("groups", Integer.BYTES, MOST_GROUPS, FrameInput::text);
    }
}
