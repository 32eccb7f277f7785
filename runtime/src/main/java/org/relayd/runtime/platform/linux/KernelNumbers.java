package org.relayd.runtime.platform.linux;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.relayd.ir.config.HostId;
import org.relayd.ir.config.RedirectId;
import org.relayd.ir.nft.NftHost;
import org.relayd.ir.nft.NftPlan;
import org.relayd.ir.nft.NftRedirect;

/**
 * The numbers that redirections and hosts have in the kernel, by their ids. At first they are the same. A reload
 * may give ids to others, but counters, marks of connections and what is remembered of clients and flows go by
 * numbers: so a redirection keeps its number as long as there is one of its name, and a host of it as long as it
 * has one with that address.
 *
 * @param redirects
 *            number of each redirection
 * @param hosts
 *            number of each host
 */
record KernelNumbers(Map<RedirectId, Integer> redirects, Map<HostId, Integer> hosts) {

    /**
     * Numbers that are free: those that nothing had before come first, so that what is left of others is
     * not taken for one's own.
     */
    private static final class Free {
        private final Set<Integer> before;
        private final Set<Integer> given = new HashSet<>();
        private final int last;
        private int next = 1;

        Free(Set<Integer> before, int last) {
            this.before = before;
            this.last = last;
        }

        boolean give(int number) {
            return given.add(number);
        }

        int any(int preferred) {
            if (!before.contains(preferred) && given.add(preferred)) {
                return preferred;
            }
            while ((next <= last && before.contains(next)) || given.contains(next)) {
                next++;
            }
            if (next > last) {
                before.clear();
                next = 1;
                return any(next);
            }
            given.add(next);
            return next;
        }
    }

    /** Returns the numbers for a first plan. */
    static KernelNumbers none() {
        return new KernelNumbers(Map.of(), Map.of());
    }

    /**
     * Returns the numbers for a plan.
     *
     * @param next
     *            the plan, with ids
     * @param before
     *            what there is in the kernel, with numbers
     */
    static KernelNumbers of(NftPlan next, NftPlan before) {
        Map<String, NftRedirect> known = before.redirects().stream()
                .collect(Collectors.toMap(NftRedirect::name, redirect -> redirect));
        return new KernelNumbers(redirects(next, known), hosts(next, known));
    }

    private static Map<RedirectId, Integer> redirects(NftPlan next, Map<String, NftRedirect> known) {
        Map<RedirectId, Integer> numbers = new HashMap<>();
        next.redirects().stream().filter(redirect -> known.containsKey(redirect.name()))
                .forEach(redirect -> numbers.put(redirect.id(), known.get(redirect.name()).id().number()));
        Free free = new Free(known.values().stream().map(redirect -> redirect.id().number())
                .collect(Collectors.toCollection(HashSet::new)), Integer.MAX_VALUE);
        next.redirects().forEach(redirect -> numbers.computeIfAbsent(redirect.id(), id -> free.any(id.number())));
        return numbers;
    }

    /** A host of several redirections keeps the number that it had in the first of them. */
    private static Map<HostId, Integer> hosts(NftPlan next, Map<String, NftRedirect> known) {
        Map<HostId, Integer> numbers = new HashMap<>();
        Free free = new Free(known.values().stream().flatMap(redirect -> redirect.hosts().stream())
                .map(host -> host.id().number()).collect(Collectors.toCollection(HashSet::new)), NftHost.MASK);
        for (NftRedirect redirect : next.redirects()) {
            NftRedirect same = known.get(redirect.name());
            List<NftHost> left = new ArrayList<>(same == null ? List.of() : same.hosts());
            for (NftHost host : redirect.hosts()) {
                left.stream().filter(old -> old.address().equals(host.address()))
                        .filter(_ -> !numbers.containsKey(host.id())).findFirst().ifPresent(old -> {
                            left.remove(old);
                            if (free.give(old.id().number())) {
                                numbers.put(host.id(), old.id().number());
                            }
                        });
            }
        }
        next.redirects().stream().flatMap(redirect -> redirect.hosts().stream())
                .forEach(host -> numbers.computeIfAbsent(host.id(), id -> free.any(id.number())));
        return numbers;
    }

    /** Returns the plan with numbers in place of ids. */
    NftPlan applied(NftPlan plan) {
        return new NftPlan(plan.redirects().stream().map(redirect -> redirect.numbered(redirect(redirect.id()),
                redirect.hosts().stream().map(host -> new NftHost(host(host.id()), host.address())).toList())).toList(),
                plan.tags(), plan.diverts());
    }

    /** Returns the number of a redirection. */
    RedirectId redirect(RedirectId id) {
        return new RedirectId(redirects.get(id));
    }

    /** Returns the number of a host. */
    HostId host(HostId id) {
        return new HostId(hosts.get(id));
    }
}
