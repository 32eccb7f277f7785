package org.relayd.ir.nft;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.relayd.ir.config.HostId;
import org.relayd.ir.net.IpFamily;
import org.relayd.ir.nft.NftObject.MemoryKey;
import org.relayd.ir.nft.NftRedirect.Listener;
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

/** The rules of one redirection for one address family. A rule whose condition fails is left, and the next one is tried. */
final class NftChains {
    private final NftRedirect redirect;
    private final IpFamily family;
    private final List<NftHost> hosts;
    private final List<NftHost> slots;

    /**
     * Prepares the rules.
     *
     * @param slots
     *            hosts for new connections; those of the other family are left out
     */
    NftChains(NftRedirect redirect, IpFamily family, List<HostId> slots) {
        this.redirect = redirect;
        this.family = family;
        this.hosts = redirect.hosts().stream().filter(host -> host.address().family() == family).toList();
        Map<HostId, NftHost> known = new HashMap<>();
        hosts.forEach(host -> known.put(host.id(), host));
        this.slots = slots.stream().filter(known::containsKey).map(known::get).toList();
    }

    /** Returns whether no host of the family takes new connections. */
    boolean down() {
        return slots.isEmpty();
    }

    /**
     * Returns the rules of a redirection that rewrites the destination. They see the first packet of each connection only.
     *
     * @param served
     *            the listeners that come here: all of them keep the packet's port, or none does
     */
    List<List<NftStatement>> translating(List<Listener> served) {
        if (down()) {
            return List.of();
        }
        Set<String> protocols = new LinkedHashSet<>();
        served.forEach(listener -> protocols.add(listener.protocol()));
        List<NftStatement> toHost = List.of(new OfProtocols(List.copyOf(protocols)),
                new Translate(family, available(), served.getFirst().newPort()));
        List<List<NftStatement>> rules = new ArrayList<>(arrival());
        if (protocols.contains("tcp")) {
            redirect.establishedTimeout().ifPresent(seconds -> rules.add(List.of(new OfProtocols(List.of("tcp")),
                    new SetTimeout(NftNames.timeout(seconds, family)))));
        }
        if (redirect.sticky()) {
            rules.add(List.of(recall(Place.CONNECTION)));
            rules.add(toHost);
        }
        rules.add(List.of(choose(Place.CONNECTION)));
        rules.addAll(keepClient(Place.CONNECTION));
        rules.add(toHost);
        return rules;
    }

    /**
     * Returns the rules of a redirection that sends packets on. They see every packet of a connection, which is not tracked because its
     * answers do not come back here; so the host of a flow is remembered in a map. A flow stays with its host also when that is down or
     * the redirection is disabled, as pf's states do.
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
                new Remember(flows, flow, Place.PACKET), new SendTo(hosts), new End(Verdict.DROP)));
        if (down()) {
            rules.add(List.of(new SetMark(Place.PACKET, new MarkValue.Zero())));
            return rules;
        }
        rules.addAll(arrival());
        List<NftStatement> toHost = List.of(new SendTo(available()), new End(Verdict.DROP));
        if (redirect.sticky()) {
            rules.add(List.of(recall(Place.PACKET), new Remember(flows, flow, Place.PACKET)));
            rules.add(toHost);
        }
        rules.add(List.of(choose(Place.PACKET)));
        rules.addAll(keepClient(Place.PACKET));
        rules.add(List.of(new Forget(flows, flow, Place.PACKET)));
        rules.add(List.of(new Remember(flows, flow, Place.PACKET)));
        rules.add(toHost);
        return rules;
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
        int tag = redirect.tag().map(NftTag::bits).orElse(0);
        return new SetMark(place, new MarkValue.Chosen(switch (redirect.choice()) {
            case NftRedirect.Choice.InTurn _,NftRedirect.Choice.FewestConnections _ -> new Chooser.Turn();
            case NftRedirect.Choice.Random _ -> new Chooser.Chance();
            case NftRedirect.Choice.SourceHash(var seed) -> new Chooser.ClientHash(seed);
        }, family, slots.stream().map(host -> tag | host.id().number()).toList()));
    }

    private List<NftHost> available() {
        Set<NftHost> open = Set.copyOf(slots);
        return hosts.stream().filter(open::contains).toList();
    }
}
