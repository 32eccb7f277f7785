package org.relayd.compiler.lower;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.relayd.ir.config.Redirect;
import org.relayd.ir.config.RedirectId;
import org.relayd.ir.net.IpProtocol;
import org.relayd.ir.nft.NftContent;
import org.relayd.ir.nft.NftElement;
import org.relayd.ir.nft.NftInstance;
import org.relayd.ir.nft.NftObject.Chain;
import org.relayd.ir.nft.NftObject.Dispatch;
import org.relayd.ir.nft.NftPlan;
import org.relayd.ir.nft.NftSlots;
import org.relayd.ir.nft.NftState;
import org.relayd.ir.nft.NftStatement;
import org.relayd.ir.nft.NftTable;
import org.relayd.ir.pf.PfAnchor;
import org.relayd.ir.pf.PfPlan;
import org.relayd.ir.pf.PfRule;
import org.relayd.ir.pf.PfRule.Pool;

/**
 * pf's rules and nftables' maps treat every packet alike. Both are read by small models of their own: pf asks
 * anchors in alphabetical order and takes the first quick rule that fits; nftables looks a packet up by
 * interface, then without it.
 */
class NftEquivalenceTest {
    private static final List<String> INTERFACES = List.of("e0", "e1", "e2");
    private static final List<String> ADDRESSES = List.of("192.0.2.1", "192.0.2.2", "2001:db8::1");
    private static final int PORTS = 9;

    record Packet(String interfaceName, String address, String protocol, int port) {}

    record Line(String address, String protocol, int first, int more, boolean range, Optional<String> interfaceName) {}

    record Case(List<Line> lines, boolean up, Optional<Integer> tablePort) {}

    /** What became of a packet: the redirection that has it, and its port. */
    record Outcome(RedirectId redirect, int port) {}

    @Property(tries = 300, seed = "2026")
    void everyPacketGoesWherePfWouldSendIt(@ForAll("cases") List<Case> cases) {
        List<Redirect> redirects = redirects(cases);
        PfPlan filter = new PfLowering(0).lower(RedirectFixture.config(redirects, List.of()));
        NftPlan plan = NftLowering.lower(filter).plan();
        Map<RedirectId, NftSlots> slots = new HashMap<>();
        for (int i = 0; i < cases.size(); i++) {
            Redirect redirect = redirects.get(i);
            if (cases.get(i).up()) {
                slots.put(redirect.id(), NftSlots.of(redirect.table().hosts().stream().map(host -> host.id()).toList(),
                        List.of()));
            }
        }
        List<NftTable> tables = NftContent.of(plan, new NftState(slots), NftInstance.first());
        for (Packet packet : packets()) {
            assertEquals(pf(filter, slots.keySet(), packet), nft(tables, packet), packet.toString());
        }
    }

    private static Optional<Outcome> pf(PfPlan filter, Set<RedirectId> up, Packet packet) {
        return filter.anchors().stream().filter(anchor -> up.contains(anchor.redirect().id()))
                .sorted((a, b) -> a.name().compareTo(b.name())).flatMap(anchor -> anchor.rules().stream()
                        .filter(rule -> fits(rule, packet)).map(rule -> outcome(anchor, rule, packet)))
                .findFirst();
    }

    private static boolean fits(PfRule rule, Packet packet) {
        return rule.protocol().name().equals(packet.protocol())
                && rule.destination().toString().equals(packet.address())
                && rule.interfaceName().filter(name -> !name.equals(packet.interfaceName())).isEmpty()
                && rule.ports().first().number() <= packet.port() && packet.port() <= rule.ports().last().number();
    }

    private static Outcome outcome(PfAnchor anchor, PfRule rule, Packet packet) {
        return new Outcome(anchor.redirect().id(), switch (rule.pool()) {
            case Pool.RedirectTo(var _, var port, var _) -> port.map(number -> number.number()).orElse(packet.port());
            case Pool.RouteTo _ -> packet.port();
        });
    }

    private static Optional<Outcome> nft(List<NftTable> tables, Packet packet) {
        NftTable table = tables.getLast();
        for (boolean byInterface : new boolean[]{true, false}) {
            Optional<String> chain = table.objects().stream().filter(Dispatch.class::isInstance)
                    .map(Dispatch.class::cast).filter(dispatch -> dispatch.byInterface() == byInterface)
                    .flatMap(dispatch -> dispatch.elements().stream()).filter(element -> fits(element, packet))
                    .map(NftElement::chain).reduce((one, other) -> {
                        throw new AssertionError("elements overlap at " + packet);
                    });
            if (chain.isPresent()) {
                return Optional.of(outcome(table, chain.get(), packet));
            }
        }
        return Optional.empty();
    }

    private static boolean fits(NftElement element, Packet packet) {
        return element.address().toString().equals(packet.address())
                && element.protocol().name().equals(packet.protocol())
                && element.first() <= packet.port() && packet.port() <= element.last()
                && element.interfaceName().filter(name -> !name.equals(packet.interfaceName())).isEmpty();
    }

    private static Outcome outcome(NftTable table, String chain, Packet packet) {
        List<NftStatement> last = table.objects().stream().filter(Chain.class::isInstance).map(Chain.class::cast)
                .filter(one -> one.name().equals(chain)).findFirst().orElseThrow().rules().getLast();
        NftStatement.OfProtocols protocols = (NftStatement.OfProtocols) last.getFirst();
        assertEquals(true, protocols.protocols().contains(new IpProtocol(packet.protocol())));
        NftStatement.Translate translate = (NftStatement.Translate) last.getLast();
        return new Outcome(new RedirectId(Integer.parseInt(chain.replaceAll("^._|_.$", ""))),
                translate.port().map(port -> port.number()).orElse(packet.port()));
    }

    private static List<Packet> packets() {
        List<Packet> packets = new ArrayList<>();
        for (String interfaceName : INTERFACES) {
            for (String address : ADDRESSES) {
                for (int port = 1; port <= PORTS + 3; port++) {
                    packets.add(new Packet(interfaceName, address, "tcp", port));
                    packets.add(new Packet(interfaceName, address, "udp", port));
                }
            }
        }
        return packets;
    }

    private static List<Redirect> redirects(List<Case> cases) {
        List<Redirect> redirects = new ArrayList<>();
        for (Case one : cases) {
            int id = redirects.size() + 1;
            // Names run against the ids, because pf goes by names.
            RedirectFixture fixture = RedirectFixture.redirect("n" + (char) ('z' - id)).ids(id, id * 2)
                    .hosts("10.0.0." + id, "2001:db8:1::" + id);
            one.tablePort().ifPresent(fixture::tablePort);
            one.lines().forEach(line -> fixture.listen(line.address(), line.protocol(),
                    line.range() ? line.first() + ":" + (line.first() + line.more()) : "" + line.first(),
                    line.interfaceName().stream().toArray(String[]::new)));
            redirects.add(fixture.build());
        }
        return redirects;
    }

    @Provide
    Arbitrary<List<Case>> cases() {
        Arbitrary<Line> line = Combinators.combine(Arbitraries.of(ADDRESSES), Arbitraries.of("tcp", "udp"),
                Arbitraries.integers().between(1, PORTS), Arbitraries.integers().between(0, 4),
                Arbitraries.of(true, false), Arbitraries.of("e0", "e1").optional(0.3)).as(Line::new);
        return Combinators.combine(line.list().ofMinSize(1).ofMaxSize(4), Arbitraries.of(true, true, false),
                Arbitraries.integers().between(20, 22).optional(0.5)).as(Case::new).list().ofMinSize(1).ofMaxSize(4);
    }
}
