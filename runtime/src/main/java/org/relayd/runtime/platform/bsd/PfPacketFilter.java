package org.relayd.runtime.platform.bsd;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.relayd.ir.config.RedirectId;
import org.relayd.ir.image.KernelImage;
import org.relayd.ir.image.PfImage;
import org.relayd.runtime.platform.FilterOperation;
import org.relayd.runtime.platform.FilterOperation.FlushHosts;
import org.relayd.runtime.platform.FilterOperation.ForgetClients;
import org.relayd.runtime.platform.FilterOperation.LoadRules;
import org.relayd.runtime.platform.FilterOperation.RemoveRules;
import org.relayd.runtime.platform.FilterOperation.SetHosts;
import org.relayd.runtime.platform.KernelException;
import org.relayd.runtime.platform.PacketFilter;
import org.relayd.runtime.platform.TableChange;
import org.relayd.runtime.platform.bsd.abi.Abi;

/**
 * Redirections in pf: an anchor {@code relayd/NAME} with a table NAME for each. pf.conf(5) must name the anchors with
 * {@code relayd/*}. A table changes at once and so do the rules of an anchor; a round is not one transaction.
 */
final class PfPacketFilter implements PacketFilter {
    /** All anchors are below this one. */
    private static final String ROOT = "relayd";

    private final SystemCalls calls;
    private final Abi abi;
    private final Function<PfDevice, PfRules> ways;
    private final Map<RedirectId, PfRedirection> redirections = new LinkedHashMap<>();
    /** By the names of their anchors; a failure makes their state unknown and empties this. */
    private final Map<String, PfRedirection> known = new HashMap<>();
    private Optional<Opened> opened = Optional.empty();

    /** The device and the way that rules reach it. */
    private record Opened(PfDevice device, PfRules rules) {}

    /**
     * Creates a packet filter that has not been opened.
     *
     * @param ways
     *            gives the way that rules reach an open device
     */
    PfPacketFilter(SystemCalls calls, Abi abi, Function<PfDevice, PfRules> ways) {
        this.calls = calls;
        this.abi = abi;
        this.ways = ways;
    }

    /**
     * A reload gives redirections that are open their new rules and takes away the hosts that are gone; it closes none.
     */
    @Override
    public void open(KernelImage image) throws KernelException {
        open(switch (image) {
            case KernelImage.PfOfOpenBsd(var anchors) -> anchors;
            case KernelImage.PfOfFreeBsd(var anchors) -> anchors;
            case KernelImage.Nftables _,KernelImage.Recorded _,KernelImage.Unheeded _
                    -> throw new IllegalArgumentException("not for pf: " + image);
        });
    }

    private void open(List<PfImage> anchors) throws KernelException {
        Opened pf = opened.isPresent() ? opened.get() : open();
        Map<String, PfRedirection> before = Map.copyOf(known);
        known.clear();
        redirections.clear();
        Set<String> wanted = anchors.stream().map(PfImage::anchor).collect(Collectors.toSet());
        for (String name : pf.rules().anchors()) {
            if (!before.containsKey(name) || !before.get(name).loaded() || !wanted.contains(name)) {
                pf.rules().remove(name);
            }
            if (!wanted.contains(name)) {
                pf.device().clearTables(name);
            }
        }
        List<PfImage> fresh = new ArrayList<>();
        for (PfImage anchor : anchors) {
            PfRedirection redirection = before.get(anchor.anchor());
            if (redirection != null && redirection.loaded()) {
                redirection.become(anchor);
            } else {
                fresh.add(anchor);
                redirection = new PfRedirection(pf.device(), pf.rules(), anchor);
            }
            redirections.put(anchor.redirect().id(), redirection);
            known.put(anchor.anchor(), redirection);
        }
        makeTables(pf.device(), fresh.stream().map(PfTable::of).toList());
    }

    private static void makeTables(PfDevice device, List<PfTable> tables) throws KernelException {
        if (!tables.isEmpty() && device.add(tables) < tables.size()) {
            for (PfTable table : tables) {
                device.flush(table);
            }
        }
    }

    private Opened open() throws KernelException {
        PfDevice device = new PfDevice(calls, abi);
        PfRules rules = ways.apply(device);
        try {
            rules.requireEnabled();
        } catch (KernelException unusable) {
            device.close();
            throw unusable;
        }
        Opened now = new Opened(device, rules);
        opened = Optional.of(now);
        return now;
    }

    @Override
    public List<TableChange> apply(List<FilterOperation> round) throws KernelException {
        try {
            return carryOut(round);
        } catch (KernelException refused) {
            known.clear();
            throw refused;
        }
    }

    private List<TableChange> carryOut(List<FilterOperation> round) throws KernelException {
        Map<RedirectId, TableChange> changes = new LinkedHashMap<>();
        for (FilterOperation operation : round) {
            PfRedirection redirection = redirections.get(operation.redirect());
            switch (operation) {
                case SetHosts(var id, var hosts) -> changes.put(id, redirection.set(hosts));
                case FlushHosts(var id) -> changes.put(id, redirection.flush());
                case ForgetClients(var id, var host) -> {
                    int killed = redirection.forget(host);
                    changes.computeIfPresent(id, (same, change) -> new TableChange(id, change.added(),
                            change.deleted(), change.changed(), change.killed() + killed));
                }
                case LoadRules _ -> redirection.load();
                case RemoveRules _ -> redirection.remove();
            }
        }
        return List.copyOf(changes.values());
    }

    @Override
    public Map<RedirectId, Long> connections() throws KernelException {
        Map<RedirectId, Long> connections = new HashMap<>();
        for (Map.Entry<RedirectId, PfRedirection> entry : redirections.entrySet()) {
            connections.put(entry.getKey(), entry.getValue().connections());
        }
        return connections;
    }

    /** pf(4) counts states itself. */
    @Override
    public void rebalance() {
        // Nothing to catch up with.
    }

    @Override
    public void close() throws KernelException {
        if (opened.isEmpty()) {
            return;
        }
        try {
            for (PfRedirection redirection : redirections.values()) {
                redirection.close();
            }
            opened.get().rules().remove(ROOT);
        } finally {
            opened.get().device().close();
            opened = Optional.empty();
            redirections.clear();
            known.clear();
        }
    }
}
