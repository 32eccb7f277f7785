package org.relayd.runtime.platform.linux;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.relayd.ir.config.HostId;
import org.relayd.ir.config.RedirectId;
import org.relayd.ir.image.KernelImage;
import org.relayd.ir.net.IpAddress;
import org.relayd.ir.nft.NftChange;
import org.relayd.ir.nft.NftContent;
import org.relayd.ir.nft.NftHost;
import org.relayd.ir.nft.NftInstance;
import org.relayd.ir.nft.NftObject;
import org.relayd.ir.nft.NftPlan;
import org.relayd.ir.nft.NftRedirect;
import org.relayd.ir.nft.NftRedirect.Choice;
import org.relayd.ir.nft.NftRedirect.Choice.SourceHash;
import org.relayd.ir.nft.NftRedirect.Method;
import org.relayd.ir.nft.NftScript;
import org.relayd.ir.nft.NftSlots;
import org.relayd.ir.nft.NftState;
import org.relayd.ir.nft.NftTable;
import org.relayd.runtime.platform.FilterOperation;
import org.relayd.runtime.platform.FilterOperation.FlushHosts;
import org.relayd.runtime.platform.FilterOperation.ForgetClients;
import org.relayd.runtime.platform.FilterOperation.LoadRules;
import org.relayd.runtime.platform.FilterOperation.RemoveRules;
import org.relayd.runtime.platform.FilterOperation.SetHosts;
import org.relayd.runtime.platform.KernelException;
import org.relayd.runtime.platform.PacketFilter;
import org.relayd.runtime.platform.TableChange;
import org.relayd.runtime.platform.linux.files.TableOwner;

/**
 * Redirections in nftables. Each round is one transaction that changes only what differs from the round before; a kill
 * at any moment leaves the content before or after it.
 */
final class LinuxPacketFilter implements PacketFilter {
    private final RandomGenerator random;
    private final TableOwner self;
    private final Map<String, Integer> seeds = new HashMap<>();
    private final Map<RedirectId, HostSlots> slots = new HashMap<>();
    private final Map<RedirectId, Long> balanced = new HashMap<>();
    private Optional<LinuxLibrary> c = Optional.empty();
    private Optional<Nftables> nft = Optional.empty();
    private NftInstance instance = NftInstance.first();
    private KernelNumbers numbers = KernelNumbers.none();
    private NftPlan plan = NftPlan.nothing();
    private List<NftTable> loaded = List.of();

    /**
     * Creates a packet filter that has not been opened.
     *
     * @param random
     *            makes up seeds for hashes that the configuration gives no key for
     * @param self
     *            the process that its tables belong to
     */
    LinuxPacketFilter(RandomGenerator random, TableOwner self) {
        this.random = random;
        this.self = self;
    }

    /**
     * Takes over a plan. What was loaded before stays as far as it is the same, so that a reload does not refuse a
     * connection; what others left is removed in the same transaction.
     */
    @Override
    public void open(KernelImage image) throws KernelException {
        if (!(image instanceof KernelImage.Nftables(NftPlan lowered))) {
            throw new IllegalArgumentException("not for nftables: " + image);
        }
        if (nft.isEmpty()) {
            nft = Optional.of(Nftables.load());
        }
        List<NftTable> before = loaded;
        NftPlan former = before.isEmpty() ? NftPlan.nothing() : plan;
        loaded = List.of();
        KernelTables tables = new KernelTables(library(), self);
        NftPlan next = seeded(lowered);
        if (before.isEmpty()) {
            instance = tables.claim();
        }
        numbers = KernelNumbers.of(next, plan);
        take(numbers.applied(next));
        List<NftTable> wanted = content();
        Optional<String> change = before.isEmpty() ? Optional.empty() : NftChange.between(before, wanted);
        String whole = tables.abandoned().stream().filter(table -> !table.endsWith("_keep"))
                .map(table -> "delete table " + table + "\n").collect(Collectors.joining())
                + NftScript.replacing(wanted);
        nft.get().run(change.orElse(whole));
        divert(tables);
        loaded = wanted;
        // At a start flows go on until it is known which hosts are up.
        if (!before.isEmpty()) {
            settle(Stream.concat(former.redirects().stream(), plan.redirects().stream()).map(NftRedirect::id)
                    .collect(Collectors.toSet()), former);
        }
    }

    /**
     * Has flows of datagrams follow a change that the kernel has made.
     *
     * @param changed
     *            numbers of redirections
     * @param former
     *            redirections that there were before, with listeners that may be gone
     * @return how many flows of each were forgotten
     */
    private Map<RedirectId, Integer> settle(Set<RedirectId> changed, NftPlan former) {
        List<DatagramFlows.Standing> standings = new ArrayList<>();
        former.redirects().stream().filter(DatagramFlows::isMeant)
                .forEach(redirect -> standings.add(new DatagramFlows.Standing(redirect, List.of())));
        for (NftRedirect redirect : plan.redirects()) {
            HostSlots hosts = slots.get(redirect.id());
            if (hosts.hasDatagrams()) {
                standings.add(new DatagramFlows.Standing(redirect, hosts.loaded() ? hosts.addresses() : List.of()));
            }
        }
        return new DatagramFlows(library(), standings).settle(changed);
    }

    /** The routing rule is the same for all daemons, so one that does not need it leaves it to others that run. */
    private void divert(KernelTables tables) throws KernelException {
        if (plan.diverts()) {
            new DivertedPackets(library()).install();
        } else if (!tables.othersRun()) {
            new DivertedPackets(library()).remove();
        }
    }

    private LinuxLibrary library() {
        LinuxLibrary library = c.orElseGet(LinuxLibrary::load);
        c = Optional.of(library);
        return library;
    }

    /** Hosts of a redirection that has the same name as before stay in use if they have the same address. */
    private void take(NftPlan next) {
        Map<String, List<IpAddress>> open = new HashMap<>();
        plan.redirects().stream().filter(redirect -> slots.get(redirect.id()).loaded())
                .forEach(redirect -> open.put(redirect.name(), slots.get(redirect.id()).addresses()));
        plan = next;
        slots.clear();
        for (NftRedirect redirect : next.redirects()) {
            List<IpAddress> addresses = open.getOrDefault(redirect.name(), List.of());
            slots.put(redirect.id(), new HostSlots(redirect, redirect.hosts().stream()
                    .filter(host -> addresses.contains(host.address())).map(NftHost::id).toList(),
                    !addresses.isEmpty()));
        }
    }

    /** A hash without a key gets one here, which stays the same for as long as this process runs. */
    private NftPlan seeded(NftPlan unseeded) {
        return new NftPlan(unseeded.redirects().stream().map(redirect -> redirect.choice() instanceof SourceHash hash
                && hash.seed().isEmpty()
                        ? redirect.choosing(new SourceHash(OptionalInt
                                .of(seeds.computeIfAbsent(redirect.name(), name -> random.nextInt()))))
                        : redirect)
                .toList(), unseeded.tags(), unseeded.diverts());
    }

    @Override
    public List<TableChange> apply(List<FilterOperation> round) throws KernelException {
        List<TableChange> changes = new ArrayList<>();
        for (FilterOperation operation : round) {
            HostSlots changed = slots.get(numbers.redirect(operation.redirect()));
            switch (operation) {
                case SetHosts(var redirect, var hosts)
                        -> changes.add(changed.set(redirect, hosts.stream().map(numbers::host).toList()));
                case FlushHosts(var redirect) -> changes.add(changed.set(redirect, List.of()));
                case LoadRules _ -> changed.load(true);
                case RemoveRules _ -> changed.load(false);
                case ForgetClients _ -> {
                    // A remembered client of a host that is gone finds nothing and is given
                    // another one by the same packet.
                }
            }
        }
        commit();
        Set<RedirectId> changed = round.stream().map(operation -> numbers.redirect(operation.redirect()))
                .filter(redirect -> slots.get(redirect).hasDatagrams()).collect(Collectors.toSet());
        if (changed.isEmpty()) {
            return changes;
        }
        Map<RedirectId, Integer> forgotten = settle(changed, NftPlan.nothing());
        return changes.stream().map(change -> change.killing(forgotten.getOrDefault(
                numbers.redirect(change.redirect()), 0))).toList();
    }

    /** If the kernel refuses, it is not known any more what it has, and the next transaction replaces everything. */
    private void commit() throws KernelException {
        List<NftTable> wanted = content();
        String script = NftChange.between(loaded, wanted).orElseGet(() -> NftScript.replacing(wanted));
        loaded = List.of();
        if (!script.isEmpty()) {
            nft.orElseThrow().run(script);
        }
        loaded = wanted;
    }

    private List<NftTable> content() {
        Map<RedirectId, NftSlots> open = new HashMap<>();
        for (NftRedirect redirect : plan.redirects()) {
            HostSlots hosts = slots.get(redirect.id());
            open.put(redirect.id(), hosts.loaded() ? hosts.inOrder() : NftSlots.of(List.of(), redirect.hostIds()));
        }
        return NftContent.of(plan, new NftState(open), instance);
    }

    /**
     * If a table is not there any more, what the kernel has is not what was believed, and the next
     * {@link #open} loads all.
     */
    @Override
    public Map<RedirectId, Long> connections() throws KernelException {
        Map<Integer, Long> counters = counters();
        Map<RedirectId, Long> connections = new HashMap<>();
        numbers.redirects().forEach((redirect, number) -> connections.put(redirect, counters.getOrDefault(number, 0L)));
        return connections;
    }

    private Map<Integer, Long> counters() throws KernelException {
        List<NftTable> believed = loaded;
        loaded = List.of();
        Map<Integer,
                Long> counters = new KernelTables(library(), self).counters(believed, instance.owner().orElseThrow());
        loaded = believed;
        return counters;
    }

    @Override
    public void rebalance() throws KernelException {
        List<NftRedirect> wanting = plan.redirects().stream()
                .filter(redirect -> redirect.choice() instanceof Choice.FewestConnections)
                .filter(redirect -> slots.get(redirect.id()).loaded()).toList();
        if (wanting.isEmpty()) {
            return;
        }
        Map<Integer, Long> totals = counters();
        Map<HostId, Integer> counts = counts(wanting);
        for (NftRedirect redirect : wanting) {
            long total = totals.getOrDefault(redirect.id().number(), 0L);
            long before = Objects.requireNonNullElse(balanced.put(redirect.id(), total), total);
            slots.get(redirect.id()).weigh(counts, Math.max(0, total - before));
        }
        commit();
    }

    private Map<HostId, Integer> counts(List<NftRedirect> wanting) throws KernelException {
        Map<HostId, Integer> counts = new HashMap<>();
        if (wanting.stream().anyMatch(redirect -> redirect.method() == Method.TRANSLATE)) {
            counts.putAll(ConnectionCounts.translated(library()));
        }
        for (NftTable table : loaded) {
            for (NftObject object : table.objects()) {
                if (object instanceof NftObject.Memory memory && wanting.stream().anyMatch(memory::holdsFlowsOf)) {
                    ConnectionCounts.passedOn(nft.orElseThrow().run("list map " + table.path() + " " + memory.name()))
                            .forEach((host, count) -> counts.merge(host, count, Integer::sum));
                }
            }
        }
        return counts;
    }

    @Override
    public void close() throws KernelException {
        loaded = List.of();
        if (nft.isPresent()) {
            KernelTables tables = new KernelTables(library(), self);
            String script = tables.abandoned().stream().map(table -> "delete table " + table + "\n")
                    .collect(Collectors.joining());
            boolean alone = !tables.othersRun();
            if (!script.isEmpty()) {
                nft.get().run(script);
            }
            nft.get().close();
            nft = Optional.empty();
            if (alone) {
                new DivertedPackets(library()).remove();
            }
        }
    }
}
