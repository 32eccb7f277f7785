package org.relayd.runtime.relay.select;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.relayd.ir.term.Dialect;
import org.relayd.ir.term.SchedulingMode;
import org.relayd.runtime.HostStates;
import org.relayd.runtime.relay.Paths;

/**
 * The numbers that hashes lead to were computed by another implementation of SipHash and of the hash of dialect 5.1.
 */
class HostSelectorTest {
    private static final byte[] CLIENT = {127, 0, 0, 1};
    private static final byte[] NEIGHBOUR = {127, 0, 0, 9};
    private static final String[] HOSTS = IntStream.range(0, 7).mapToObj(i -> "10.0.0." + i).toArray(String[]::new);

    /** Seven hosts with port 80 behind a listener at 127.0.0.1 port 8080, named r and t. */
    private static HostSelector selector(SchedulingMode mode, Dialect dialect, HostStates states) {
        return new HostSelector(new Paths().port(8080).table("t", 80, mode, HOSTS).key("relayd").build("r", 1),
                dialect, states);
    }

    /** Number of the host that a client gets. */
    private static int choice(HostSelector selector, byte[] client) {
        return selector.select(client, new HashInput()).address().getAddress().getAddress()[3];
    }

    private static List<Integer> choices(SchedulingMode mode, Dialect dialect) {
        HostSelector selector = selector(mode, dialect, _ -> _ -> true);
        return List.of(choice(selector, CLIENT), choice(selector, NEIGHBOUR), choice(selector, CLIENT));
    }

    /** Hosts of which those before a number are known, and up from another one on. */
    private static HostStates known(int before, int up) {
        return _ -> new HostStates.TableHosts() {
            @Override
            public boolean isUsable(int index) {
                return index < before && index >= up;
            }

            @Override
            public boolean isAwaited(int index) {
                return index >= before;
            }
        };
    }

    @Test
    void hostsAreAwaitedUntilOneIsUpOrAllHaveBeenChecked() {
        SchedulingMode mode = SchedulingMode.ROUNDROBIN;
        assertTrue(selector(mode, Dialect.CURRENT, known(0, 0)).isAwaited());
        assertTrue(selector(mode, Dialect.CURRENT, known(6, 6)).isAwaited());
        assertFalse(selector(mode, Dialect.CURRENT, known(6, 5)).isAwaited());
        assertFalse(selector(mode, Dialect.CURRENT, known(7, 7)).isAwaited());
    }

    @Test
    void sourceHashTakesTheAddressOfTheClient() {
        assertEquals(List.of(3, 6, 3), choices(SchedulingMode.SOURCE_HASH, Dialect.CURRENT));
        assertEquals(List.of(4, 5, 4), choices(SchedulingMode.SOURCE_HASH, Dialect.V5_1));
    }

    @Test
    void loadbalanceTakesTheClientAndThenTheListener() {
        assertEquals(List.of(6, 0, 6), choices(SchedulingMode.LOADBALANCE, Dialect.CURRENT));
        assertEquals(List.of(4, 4, 4), choices(SchedulingMode.LOADBALANCE, Dialect.V5_1));
    }

    @Test
    void hashTakesTheListenerOnly() {
        assertEquals(List.of(1, 1, 1), choices(SchedulingMode.HASH, Dialect.CURRENT));
        assertEquals(List.of(3, 3, 3), choices(SchedulingMode.HASH, Dialect.V5_1));
    }

    @Test
    void withoutAKeyHashesDifferFromStartToStart() {
        Set<List<Integer>> seen = new HashSet<>();
        for (int start = 0; start < 50; start++) {
            HostSelector selector = new HostSelector(
                    new Paths().table("t", 80, SchedulingMode.SOURCE_HASH, HOSTS).build("r", 1), Dialect.CURRENT,
                    _ -> _ -> true);
            seen.add(List.of(choice(selector, CLIENT), choice(selector, NEIGHBOUR)));
        }
        assertTrue(seen.size() > 1);
    }

    @Property(tries = 300, seed = "2026")
    void noModeChoosesAHostThatIsDown(@ForAll SchedulingMode mode, @ForAll Dialect dialect,
            @ForAll @Size(min = 1, max = 7) Set<@IntRange(max = 6) Integer> up, @ForAll @Size(4) byte[] client) {
        HostSelector selector = selector(mode, dialect, _ -> up::contains);
        for (int i = 0; i < 10; i++) {
            assertTrue(up.contains(choice(selector, client)));
        }
    }

    @Property(tries = 100, seed = "2026")
    void everyHostThatIsUpGetsItsTurn(@ForAll @Size(min = 1, max = 7) Set<@IntRange(max = 6) Integer> up) {
        HostSelector selector = selector(SchedulingMode.ROUNDROBIN, Dialect.CURRENT, _ -> up::contains);
        List<Integer> round = up.stream().sorted().toList();
        List<Integer> expected = new ArrayList<>(round);
        expected.addAll(round);
        assertEquals(expected, IntStream.range(0, expected.size()).mapToObj(_ -> choice(selector, CLIENT)).toList());
    }

    /** That one of seven hosts is missed a thousand times has a probability of less than 10 to the power of -66. */
    @Property(tries = 20, seed = "2026")
    void chanceReachesEveryHostThatIsUp(@ForAll @Size(min = 1, max = 7) Set<@IntRange(max = 6) Integer> up) {
        HostSelector selector = selector(SchedulingMode.RANDOM, Dialect.CURRENT, _ -> up::contains);
        Set<Integer> reached = new HashSet<>();
        IntStream.range(0, 1000).forEach(_ -> reached.add(choice(selector, CLIENT)));
        assertEquals(up, reached);
    }
}
