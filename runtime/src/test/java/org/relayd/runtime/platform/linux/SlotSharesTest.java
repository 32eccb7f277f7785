package org.relayd.runtime.platform.linux;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.relayd.ir.config.HostId;

class SlotSharesTest {
    private static final List<HostId> THREE = List.of(new HostId(1), new HostId(2), new HostId(3));

    private static Map<HostId, Integer> shares(Map<HostId, Integer> connections, long expected) {
        return count(SlotShares.deal(THREE, connections, expected));
    }

    private static Map<HostId, Integer> count(List<HostId> slots) {
        Map<HostId, Integer> counts = new HashMap<>();
        slots.forEach(host -> counts.merge(host, 1, Integer::sum));
        return counts;
    }

    @Test
    void hostsWithEquallyManyConnectionsGetEquallyManySlots() {
        assertEquals(Map.of(new HostId(1), 22, new HostId(2), 21, new HostId(3), 21), shares(Map.of(), 0));
    }

    @Test
    void aHostThatIsAheadWaitsUntilTheOthersHaveCaughtUp() {
        assertEquals(Map.of(new HostId(2), 32, new HostId(3), 32), shares(Map.of(new HostId(1), 100), 20));
        assertEquals(Map.of(new HostId(1), 15, new HostId(2), 25, new HostId(3), 24),
                shares(Map.of(new HostId(1), 10), 65));
    }

    @Test
    void slotsOfAHostAreSpread() {
        List<HostId> slots = SlotShares.deal(THREE, Map.of(new HostId(1), 2), 4);
        for (int i = 2; i < slots.size(); i++) {
            assertTrue(!slots.get(i).equals(slots.get(i - 1)) || !slots.get(i).equals(slots.get(i - 2)),
                    slots.toString());
        }
    }

    @Property(seed = "2026")
    void afterTheExpectedConnectionsNoHostIsAheadOfOneThatGotSome(
            @ForAll @Size(min = 1, max = 20) List<@IntRange(max = 500) Integer> counts,
            @ForAll @IntRange(max = 5000) int expected) {
        List<HostId> hosts = new ArrayList<>();
        Map<HostId, Integer> connections = new HashMap<>();
        counts.forEach(count -> {
            hosts.add(new HostId(hosts.size() + 1));
            connections.put(hosts.getLast(), count);
        });
        List<HostId> slots = SlotShares.deal(hosts, connections, expected);
        Map<HostId, Integer> dealt = count(slots);
        assertEquals(Math.max(64, hosts.size() * 4), slots.size());
        double each = Math.max(expected, hosts.size()) / (double) slots.size();
        double highest = dealt.entrySet().stream()
                .mapToDouble(entry -> connections.get(entry.getKey()) + entry.getValue() * each).max().orElseThrow();
        double lowest = hosts.stream()
                .mapToDouble(host -> connections.get(host) + dealt.getOrDefault(host, 0) * each).min().orElseThrow();
        assertTrue(highest - lowest <= 3 * each + 1, () -> "from " + lowest + " to " + highest + " by " + each);
    }
}
