package org.relayd.ir.nft;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.relayd.ir.config.HostId;
import org.relayd.ir.net.IpFamily;
import org.relayd.ir.net.IpProtocol;
import org.relayd.ir.net.Port;
import org.relayd.ir.nft.NftObject.MemoryKey;
import org.relayd.ir.nft.NftRedirect.NftListener;
import org.relayd.ir.nft.NftStatement.Chooser;
import org.relayd.ir.nft.NftStatement.Count;
import org.relayd.ir.nft.NftStatement.End;
import org.relayd.ir.nft.NftStatement.Forget;
import org.relayd.ir.nft.NftStatement.LogPacket;
import org.relayd.ir.nft.NftStatement.MarkValue;
import org.relayd.ir.nft.NftStatement.OfProtocols;
import org.relayd.ir.nft.NftStatement.Place;
import org.relayd.ir.nft.NftStatement.Remember;
import org.relayd.ir.nft.NftStatement.SendTo;
import org.relayd.ir.nft.NftStatement.SetMark;
import org.relayd.ir.nft.NftStatement.SetTimeout;
import org.relayd.ir.nft.NftStatement.Translate;
import org.relayd.ir.nft.NftStatement.Verdict;

/**
 * The rules of one redirection for one address family. A rule whose condition fails is left, and the next one is tried.
 */
final class NftChains {
    private final NftRedirect redirect;
    private final IpFamily family;
    private final List<NftHost> hosts;
    private final List<HostId> slots;
    private final int dealt;

    /**
     * Prepares the rules.
     *
     * @param slots
     *            those of both families; hosts of the other one are left out
     */
    NftChains(NftRedirect redirect, IpFamily family, NftSlots slots) {
        this.redirect = redirect;
        this.family = family;
        this.hosts = redirect.hosts().stream().filter(host -> host.address().family() == family).toList();
        Set<HostId> known = hosts.stream().map(NftHost::id).collect(Collectors.toSet());
        this.slots = slots.places().stream().filter(known::contains).toList();
        this.dealt = (int) slots.open().stream().filter(known::contains).count();
    }

    /** Returns whether no host of the family takes new connections. */
    boolean down() {
        return dealt == 0;
    }

    /** Returns the maps that the rules ask. */
    List<NftObject> maps() {
        List<NftObject> maps = new ArrayList<>();
        int tag = redirect.tag().map(NftTag::bits).orElse(0);
        maps.add(new NftObject.Slots(NftNames.slots(redirect, family),
                slots.stream().map(host -> tag | host.number()).toList()));
        maps.add(new NftObject.Hosts(NftNames.hosts(redirect, family), family, hosts));
        if (redirect.sticky()) {
            Set<HostId> open = Set.copyOf(slots.subList(0, dealt));
            maps.add(new NftObject.Hosts(NftNames.open(redirect, family), family,
                    hosts.stream().filter(host -> open.contains(host.id())).toList()));
        }
        return maps;
    }

    /**
     * Returns the rules of a redirection that rewrites the destination. They see the first packet
     * of each connection only.
     *
     * @param served
     *            the listeners that come here: all of them keep the packet's port, or none does
     */
    List<List<NftStatement>> translating(List<NftListener> served) {
        if (down()) {
            return List.of();
        }
        Set<IpProtocol> protocols = new LinkedHashSet<>();
        served.forEach(listener -> protocols.add(listener.protocol()));
        OfProtocols ofThem = new OfProtocols(List.copyOf(protocols));
        Optional<Port> port = served.getFirst().newPort();
        List<List<NftStatement>> rules = new ArrayList<>(arrival());
        if (protocols.contains(IpProtocol.TCP)) {
            redirect.establishedTimeout()
                    .ifPresent(seconds -> rules.add(List.of(new OfProtocols(List.of(IpProtocol.TCP)),
                            new SetTimeout(NftNames.timeout(seconds, family)))));
        }
        if (redirect.sticky()) {
            rules.add(List.of(recall(Place.CONNECTION)));
            rules.add(List.of(ofThem, new Translate(family, NftNames.open(redirect, family), port)));
        }
        rules.add(List.of(choose(Place.CONNECTION)));
        rules.addAll(keepClient(Place.CONNECTION));
        rules.add(List.of(ofThem, new Translate(family, NftNames.hosts(redirect, family), port)));
        return rules;
    }

    /**
     * Returns the rules of a redirection that sends packets on. They see every packet of a connection, which is not
     * tracked because its answers do not come back here; so the host of a flow is remembered in a map. A flow stays
     * with its host also when that is down or the redirection is disabled, as pf's states do.
     */
    List<List<NftStatement>> passingOn() {
        if (hosts.isEmpty()) {
            return List.of();
        }
        List<List<NftStatement>> rules = new ArrayList<>();
        String flows = NftNames.flows(redirect, family);
        MemoryKey flow = MemoryKey.flow(family);
        rules.add(List.of(new SetMark(Place.PACKET, new MarkValue.FlowHash(flow)),
                new SetMark(Place.PACKET, new MarkValue.RememberedFlow(flows)),
                new Remember(flows, flow, Place.PACKET), toHost(), new End(Verdict.DROP)));
        if (down()) {
            rules.add(List.of(new SetMark(Place.PACKET, new MarkValue.Zero())));
            return rules;
        }
        rules.addAll(arrival());
        if (redirect.sticky()) {
            rules.add(List.of(recall(Place.PACKET), new Remember(flows, flow, Place.PACKET)));
            rules.add(List.of(new SendTo(NftNames.open(redirect, family)), new End(Verdict.DROP)));
        }
        rules.add(List.of(choose(Place.PACKET)));
        rules.addAll(keepClient(Place.PACKET));
        rules.add(List.of(new Forget(flows, flow, Place.PACKET)));
        rules.add(List.of(new Remember(flows, flow, Place.PACKET)));
        rules.add(List.of(toHost(), new End(Verdict.DROP)));
        return rules;
    }

    private SendTo toHost() {
        return new SendTo(NftNames.hosts(redirect, family));
    }

    private List<List<NftStatement>> arrival() {
        Count count = new Count(NftNames.counter(redirect));
        return List.of(redirect.logged() ? List.of(count, new LogPacket("relayd/" + redirect.name() + " "))
                : List.of(count));
    }

    private SetMark recall(Place place) {
        return new SetMark(place,
                new MarkValue.Remembered(NftNames.clients(redirect, family), MemoryKey.client(family)));
    }

    /** Storing refreshes an entry without changing it, so an entry that names another host is removed first. */
    private List<List<NftStatement>> keepClient(Place place) {
        String clients = NftNames.clients(redirect, family);
        return redirect.sticky() ? List.of(List.of(new Forget(clients, MemoryKey.client(family), place)),
                List.of(new Remember(clients, MemoryKey.client(family), place))) : List.of();
    }

    private SetMark choose(Place place) {
        return new SetMark(place, new MarkValue.Chosen(switch (redirect.choice()) {
            case NftRedirect.Choice.InTurn _,NftRedirect.Choice.FewestConnections _ -> new Chooser.Turn();
            case NftRedirect.Choice.Random _ -> new Chooser.Chance();
            case NftRedirect.Choice.SourceHash(var seed) -> new Chooser.ClientHash(seed);
        }, family, NftNames.slots(redirect, family), dealt));
    }
}
