package org.relayd.runtime.platform.linux;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.relayd.ir.config.HostId;
import org.relayd.ir.config.RedirectId;
import org.relayd.ir.net.IpAddress;
import org.relayd.ir.nft.NftHost;
import org.relayd.ir.nft.NftPlan;
import org.relayd.ir.nft.NftRedirect;

class KernelNumbersTest {

    private static NftRedirect redirect(int id, String name, int firstHost, String... addresses) {
        List<NftHost> hosts = new ArrayList<>();
        for (String address : addresses) {
            hosts.add(new NftHost(new HostId(firstHost + hosts.size()), IpAddress.parse(address).orElseThrow()));
        }
        return new NftRedirect(new RedirectId(id), name, NftRedirect.Method.TRANSLATE,
                new NftRedirect.Choice.InTurn(), false, Optional.empty(), false, OptionalInt.empty(), List.of(), hosts);
    }

    private static NftPlan plan(NftRedirect... redirects) {
        return new NftPlan(List.of(redirects), List.of(), false);
    }

    /** Returns the numbers of a plan after another one, by names and addresses. */
    private static Map<Integer, Integer> hosts(NftPlan before, NftPlan next) {
        KernelNumbers numbers = KernelNumbers.of(next, before);
        Map<Integer, Integer> hosts = new TreeMap<>();
        numbers.hosts().forEach((id, number) -> hosts.put(id.number(), number));
        return hosts;
    }

    @Test
    void aFirstPlanKeepsItsIds() {
        NftPlan first = plan(redirect(1, "a", 1, "10.0.0.1", "10.0.0.2"), redirect(2, "b", 3, "10.0.0.1"));
        KernelNumbers numbers = KernelNumbers.of(first, plan());
        assertEquals(first, numbers.applied(first));
    }

    @Test
    void namesAndAddressesKeepTheirNumbers() {
        NftPlan before = plan(redirect(1, "a", 1, "10.0.0.1", "10.0.0.2"), redirect(2, "b", 3, "10.0.0.1"));
        NftPlan next = plan(redirect(1, "new", 1, "10.0.0.1"), redirect(2, "a", 2, "10.0.0.3", "10.0.0.2", "10.0.0.1"));
        KernelNumbers numbers = KernelNumbers.of(next, before);
        assertEquals(Map.of(new RedirectId(1), 3, new RedirectId(2), 1), numbers.redirects(),
                "the number of one that is gone is not given away at once");
        assertEquals(Map.of(1, 4, 2, 5, 3, 2, 4, 1), hosts(before, next));
        assertEquals(new HostId(2), numbers.applied(next).redirects().getLast().hosts().get(1).id());
    }

    @Test
    void hostsOfOneAddressAreToldApart() {
        NftPlan before = plan(redirect(1, "a", 1, "10.0.0.1", "10.0.0.1"));
        assertEquals(Map.of(7, 1, 8, 2, 9, 9), hosts(before,
                plan(redirect(1, "a", 7, "10.0.0.1", "10.0.0.1", "10.0.0.1"))));
    }

    @Test
    void aHostThatTwoRedirectionsBeginToShareHasOneNumber() {
        NftPlan before = plan(redirect(1, "a", 1, "10.0.0.1"), redirect(2, "b", 2, "10.0.0.1"));
        NftPlan shared = plan(redirect(1, "a", 1, "10.0.0.1"), redirect(2, "b", 1, "10.0.0.1"));
        assertEquals(Map.of(1, 1), hosts(before, shared));
        assertEquals(Map.of(1, 1, 2, 2), hosts(shared, before));
    }

    @Test
    void numbersOfOthersAreTakenWhenNoneIsLeft() {
        String[] addresses = new String[NftHost.MASK - 1];
        Arrays.setAll(addresses, i -> "10.0." + i / 256 + "." + i % 256);
        NftPlan before = plan(redirect(1, "a", 1, addresses));
        assertEquals(Map.of(1, NftHost.MASK, 2, 1, 3, 3),
                hosts(before, plan(redirect(1, "b", 1, "10.0.0.0", "10.0.0.1", "10.0.0.2"))));
    }
}
