package org.relayd.runtime.platform.linux;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.relayd.ir.config.HostId;
import org.relayd.ir.config.RedirectId;
import org.relayd.ir.net.IpAddress;
import org.relayd.ir.nft.NftHost;
import org.relayd.ir.nft.NftRedirect;
import org.relayd.runtime.platform.TableChange;

/** The hosts of a redirection that get new connections, and in which order. */
final class HostSlots {
    private List<HostId> hosts;
    private boolean loaded;
    private int changes;
    private Map<HostId, Integer> connections = Map.of();
    private long expected;

    /**
     * Creates the slots.
     *
     * @param loaded
     *            whether the redirection is to have rules
     */
    HostSlots(List<HostId> hosts, boolean loaded) {
        this.hosts = List.copyOf(hosts);
        this.loaded = loaded;
    }

    boolean loaded() {
        return loaded;
    }

    void load(boolean rules) {
        loaded = rules;
    }

    TableChange set(RedirectId redirect, List<HostId> now) {
        Set<HostId> added = new HashSet<>(now);
        hosts.forEach(added::remove);
        Set<HostId> deleted = new HashSet<>(hosts);
        now.forEach(deleted::remove);
        hosts = now;
        changes++;
        return new TableChange(redirect, added.size(), deleted.size(), 0, 0);
    }

    /**
     * Tells how busy the hosts are.
     *
     * @param counted
     *            connections of each host
     * @param coming
     *            connections to expect until the next count
     */
    void weigh(Map<HostId, Integer> counted, long coming) {
        connections = counted;
        expected = coming;
    }

    /** Returns the slots. The kernel begins with the first one after each change, so each change moves another host to the front. */
    List<HostId> inOrder(NftRedirect.Choice choice) {
        return switch (choice) {
            case NftRedirect.Choice.InTurn _ -> {
                List<HostId> order = new ArrayList<>(hosts);
                Collections.rotate(order, -changes);
                yield order;
            }
            case NftRedirect.Choice.FewestConnections _
                    -> hosts.isEmpty() ? hosts : SlotShares.deal(hosts, connections, expected);
            case NftRedirect.Choice.Random _,NftRedirect.Choice.SourceHash _ -> hosts;
        };
    }

    List<IpAddress> addresses(NftRedirect redirect) {
        return redirect.hosts().stream().filter(host -> hosts.contains(host.id())).map(NftHost::address).toList();
    }
}
