package org.relayd.runtime.platform.linux;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.relayd.ir.config.HostId;
import org.relayd.ir.config.RedirectId;
import org.relayd.ir.net.IpAddress;
import org.relayd.ir.nft.NftHost;
import org.relayd.ir.nft.NftRedirect;
import org.relayd.ir.nft.NftSlots;
import org.relayd.runtime.platform.TableChange;

/** The hosts of a redirection that get new connections, and in which order. */
final class HostSlots {
    private final NftRedirect redirect;
    private final boolean datagrams;
    private List<HostId> hosts;
    private NftSlots slots;
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
    HostSlots(NftRedirect redirect, List<HostId> hosts, boolean loaded) {
        this.redirect = redirect;
        datagrams = DatagramFlows.isMeant(redirect);
        this.hosts = List.copyOf(hosts);
        this.slots = NftSlots.of(this.hosts, redirect.hostIds());
        this.loaded = loaded;
    }

    /** Returns whether the redirection has flows of datagrams that must follow its hosts. */
    boolean hasDatagrams() {
        return datagrams;
    }

    boolean loaded() {
        return loaded;
    }

    void load(boolean rules) {
        loaded = rules;
    }

    /**
     * Takes other hosts.
     *
     * @param id
     *            id of the redirection, by which the result calls it
     * @param now
     *            their numbers
     */
    TableChange set(RedirectId id, List<HostId> now) {
        Set<HostId> added = new HashSet<>(now);
        hosts.forEach(added::remove);
        Set<HostId> deleted = new HashSet<>(hosts);
        now.forEach(deleted::remove);
        hosts = List.copyOf(now);
        boolean wasOpen = slots.dealt() > 0;
        slots = wasOpen ? slots.opening(hosts).turned(changes) : slots.opening(hosts);
        changes++;
        return new TableChange(id, added.size(), deleted.size(), 0, 0);
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

    /**
     * Returns the slots. The kernel begins with the first one after each change, so each change moves
     * another host to the front.
     */
    NftSlots inOrder() {
        return switch (redirect.choice()) {
            case NftRedirect.Choice.InTurn _,NftRedirect.Choice.Random _ -> slots;
            case NftRedirect.Choice.FewestConnections _
                    -> NftSlots.of(hosts.isEmpty() ? hosts : SlotShares.deal(hosts, connections, expected),
                            redirect.hostIds());
            case NftRedirect.Choice.SourceHash _ -> NftSlots.of(hosts, redirect.hostIds());
        };
    }

    List<IpAddress> addresses() {
        return redirect.hosts().stream().filter(host -> hosts.contains(host.id())).map(NftHost::address).toList();
    }
}
