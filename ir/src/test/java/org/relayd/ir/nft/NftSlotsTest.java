package org.relayd.ir.nft;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.relayd.ir.config.HostId;

/** Every host that is up has one slot, and few slots change at a time. */
class NftSlotsTest {
    private static final List<HostId> ALL = hosts(1, 2, 3, 4, 5, 6, 7, 8);

    private static List<HostId> hosts(int... numbers) {
        return IntStream.of(numbers).mapToObj(HostId::new).toList();
    }

    @Property(tries = 500, seed = "2026")
    void whateverGoesAndComesTheOpenHostsAreThoseThatAreUp(@ForAll("sets") List<Set<HostId>> steps) {
        NftSlots slots = NftSlots.of(ALL, ALL);
        for (int i = 0; i < steps.size(); i++) {
            slots = slots.opening(List.copyOf(steps.get(i))).turned(i);
            assertEquals(steps.get(i), new HashSet<>(slots.open()));
            assertEquals(steps.get(i).size(), slots.dealt());
            assertEquals(Set.copyOf(ALL), new HashSet<>(slots.places()));
            assertEquals(ALL.size(), slots.places().size());
        }
    }

    @Provide
    Arbitrary<List<Set<HostId>>> sets() {
        return Arbitraries.of(ALL).set().list().ofMaxSize(20);
    }

    @Property(tries = 500, seed = "2026")
    void oneHostMoreOrLessChangesTwoSlots(@ForAll("sets") List<Set<HostId>> steps) {
        NftSlots slots = NftSlots.of(List.of(), ALL);
        for (Set<HostId> step : steps) {
            slots = slots.opening(List.copyOf(step));
            Set<HostId> flipped = new HashSet<>(step);
            if (!flipped.remove(ALL.getFirst())) {
                flipped.add(ALL.getFirst());
            }
            assertTrue(changed(slots, slots.opening(List.copyOf(flipped))) <= 2);
        }
    }

    private static long changed(NftSlots before, NftSlots after) {
        return IntStream.range(0, ALL.size())
                .filter(slot -> !before.places().get(slot).equals(after.places().get(slot))).count();
    }

    @Test
    void eachHostComesToTheFront() {
        NftSlots slots = NftSlots.of(ALL, ALL);
        Set<HostId> fronts = new HashSet<>();
        for (int i = 0; i < ALL.size(); i++) {
            fronts.add(slots.places().getFirst());
            NftSlots next = slots.turned(i);
            assertTrue(changed(slots, next) <= 2);
            slots = next;
        }
        assertEquals(Set.copyOf(ALL), fronts);
        assertEquals(NftSlots.of(hosts(1), ALL), NftSlots.of(hosts(1), ALL).turned(5), "nothing to turn");
    }

    @Test
    void aHostMayHaveSeveralSlots() {
        NftSlots slots = NftSlots.of(hosts(2, 3, 2), hosts(1, 2, 3));
        assertEquals(hosts(2, 3, 2, 1), slots.places());
        assertEquals(hosts(2, 3, 2), slots.open());
    }
}
