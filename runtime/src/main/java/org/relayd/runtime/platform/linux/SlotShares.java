package org.relayd.runtime.platform.linux;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.relayd.ir.config.HostId;

/**
 * Slots for the mode least-states. nftables cannot look up which host has the fewest connections, but it can deal new
 * connections out over slots. So the slots are dealt anew every round of checks, in proportion to what each host lacks:
 * if as many connections come as are expected, all hosts have equally many afterwards. Hosts that already have more
 * than that get none until the next round.
 */
final class SlotShares {
    private static final int FEWEST = 64;
    private static final int MOST = 1024;
    private static final int PER_HOST = 4;

    private SlotShares() {}

    /**
     * Deals slots.
     *
     * @param hosts
     *            hosts that are up, not empty
     * @param connections
     *            how many each one has; none if it is not in the map
     * @param expected
     *            connections that will come until slots are dealt again
     * @return hosts in the order in which they are given connections; hosts with many slots are spread evenly
     */
    static List<HostId> deal(List<HostId> hosts, Map<HostId, Integer> connections, long expected) {
        double[] lacks = lacks(hosts, connections, Math.max(expected, hosts.size()));
        double all = 0;
        for (double lack : lacks) {
            all += lack;
        }
        int size = Math.clamp((long) hosts.size() * PER_HOST, FEWEST, MOST);
        List<HostId> slots = new ArrayList<>(size);
        double[] credit = new double[lacks.length];
        for (int slot = 0; slot < size; slot++) {
            int richest = 0;
            for (int i = 0; i < lacks.length; i++) {
                credit[i] += lacks[i];
                richest = credit[i] > credit[richest] ? i : richest;
            }
            credit[richest] -= all;
            slots.add(hosts.get(richest));
        }
        return slots;
    }

    /** Raises the lowest hosts to one level, as water would stand, until the expected connections are spent. */
    private static double[] lacks(List<HostId> hosts, Map<HostId, Integer> connections, long expected) {
        List<Integer> sorted = hosts.stream().map(host -> connections.getOrDefault(host, 0)).sorted().toList();
        double level = sorted.getFirst();
        double left = expected;
        for (int filled = 1; left > 0; filled++) {
            double next = filled < sorted.size() ? sorted.get(filled) : Double.POSITIVE_INFINITY;
            double poured = Math.min(left, (next - level) * filled);
            level += poured / filled;
            left -= poured;
        }
        double[] lacks = new double[hosts.size()];
        for (int i = 0; i < lacks.length; i++) {
            lacks[i] = Math.max(0, level - connections.getOrDefault(hosts.get(i), 0));
        }
        return lacks;
    }
}
