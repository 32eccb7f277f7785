package org.relayd.runtime.platform.recorder;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.relayd.ir.config.HostId;
import org.relayd.ir.config.RedirectId;
import org.relayd.ir.image.KernelImage;
import org.relayd.ir.image.RedirectImage;
import org.relayd.runtime.platform.FilterOperation;
import org.relayd.runtime.platform.FilterOperation.FlushHosts;
import org.relayd.runtime.platform.FilterOperation.ForgetClients;
import org.relayd.runtime.platform.FilterOperation.LoadRules;
import org.relayd.runtime.platform.FilterOperation.RemoveRules;
import org.relayd.runtime.platform.FilterOperation.SetHosts;
import org.relayd.runtime.platform.KernelException;
import org.relayd.runtime.platform.PacketFilter;
import org.relayd.runtime.platform.TableChange;

/** A packet filter that only writes lines. It knows its tables, so that it can count changes. */
final class RecordedFilter implements PacketFilter {
    private final Recording recording;
    private final Map<RedirectId, RedirectImage> redirects = new HashMap<>();
    private final Map<RedirectId, Set<HostId>> tables = new HashMap<>();

    RecordedFilter(Recording recording) {
        this.recording = recording;
    }

    @Override
    public void open(KernelImage image) throws KernelException {
        List<RedirectImage> next = switch (image) {
            case KernelImage.Recorded(var _, var all) -> all;
            case KernelImage.Unheeded(var all) -> all;
            case KernelImage.Nftables _,KernelImage.PfOfOpenBsd _,KernelImage.PfOfFreeBsd _
                    -> throw new IllegalArgumentException("not for a recording: " + image);
        };
        recording.line("filter open");
        redirects.clear();
        tables.clear();
        next.forEach(redirect -> redirects.put(redirect.id(), redirect));
    }

    @Override
    public List<TableChange> apply(List<FilterOperation> round) throws KernelException {
        List<TableChange> changes = new ArrayList<>();
        for (FilterOperation operation : round) {
            recording.line(line(redirects.get(operation.redirect()), operation));
            switch (operation) {
                case SetHosts(var redirect, var hosts) -> changes.add(set(redirect, new LinkedHashSet<>(hosts)));
                case FlushHosts(var redirect) -> changes.add(set(redirect, Set.of()));
                case ForgetClients _,LoadRules _,RemoveRules _ -> {
                    // Nothing to count.
                }
            }
        }
        return changes;
    }

    private TableChange set(RedirectId redirect, Set<HostId> now) {
        Set<HostId> before = tables.getOrDefault(redirect, Set.of());
        Set<HostId> added = new HashSet<>(now);
        added.removeAll(before);
        Set<HostId> deleted = new HashSet<>(before);
        deleted.removeAll(now);
        tables.put(redirect, now);
        return new TableChange(redirect, added.size(), deleted.size(), 0, 0);
    }

    private static String line(RedirectImage redirect, FilterOperation operation) {
        String name = redirect.name();
        return switch (operation) {
            case SetHosts(var _, var hosts) -> "table " + name + " set "
                    + hosts.stream().map(host -> redirect.address(host).toString()).collect(Collectors.joining(" "));
            case FlushHosts _ -> "table " + name + " flush";
            case ForgetClients(var _, var host) -> "table " + name + " forget " + redirect.address(host);
            case LoadRules _ -> "rules " + name + " load";
            case RemoveRules _ -> "rules " + name + " remove";
        };
    }

    @Override
    public Map<RedirectId, Long> connections() {
        return Map.of();
    }

    @Override
    public void rebalance() {
        // There are no connections.
    }

    @Override
    public void close() throws KernelException {
        recording.line("filter close");
    }
}
