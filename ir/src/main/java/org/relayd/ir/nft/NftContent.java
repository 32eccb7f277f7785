package org.relayd.ir.nft;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.relayd.ir.config.RedirectId;
import org.relayd.ir.net.IpFamily;
import org.relayd.ir.net.IpProtocol;
import org.relayd.ir.nft.NftObject.Chain;
import org.relayd.ir.nft.NftObject.Counter;
import org.relayd.ir.nft.NftObject.Dispatch;
import org.relayd.ir.nft.NftObject.Hook;
import org.relayd.ir.nft.NftObject.Memory;
import org.relayd.ir.nft.NftObject.MemoryKey;
import org.relayd.ir.nft.NftObject.Timeout;
import org.relayd.ir.nft.NftRedirect.NftListener;
import org.relayd.ir.nft.NftRedirect.Method;
import org.relayd.ir.nft.NftStatement.AddMark;
import org.relayd.ir.nft.NftStatement.DispatchBy;
import org.relayd.ir.nft.NftStatement.End;
import org.relayd.ir.nft.NftStatement.OfNoConnection;
import org.relayd.ir.nft.NftStatement.OfProtocols;
import org.relayd.ir.nft.NftStatement.OfTransparentSocket;
import org.relayd.ir.nft.NftStatement.Verdict;

/**
 * The content that the kernel must have for a plan and a state. Names and kinds of objects depend on the plan alone; a
 * change of state changes rules of chains and elements of maps.
 */
public final class NftContent {
    /** Bit of a packet's mark that brings it to this machine's sockets; a routing rule of ours looks for it. */
    public static final int DIVERTED = 0x1000000;
    /** Routing table that the rule leads to: every address in it is local. */
    public static final int DIVERTED_TABLE = 900;
    /**
     * Place of the rule among the routing rules: before those of the administrator, after that for local addresses.
     */
    public static final int DIVERTED_PRIORITY = 90;

    /** Longest time for which a map remembers something, seconds: 24 days, what nft 1.0.6 takes. */
    private static final int LONGEST_MEMORY = 2_073_600;
    /** What pf remembers a connection for if nothing is said, seconds. */
    private static final int DEFAULT_ESTABLISHED = 86_400;
    /** What the kernel remembers a flow of datagrams for, seconds. */
    private static final int DATAGRAMS = 180;
    private static final int MOST_CLIENTS = 65_536;
    private static final int MOST_FLOWS = 262_144;

    private final NftPlan plan;
    private final NftState state;
    private final NftInstance instance;
    private final Map<IpFamily, Map<RedirectId, NftChains>> chains = new EnumMap<>(IpFamily.class);

    private NftContent(NftPlan plan, NftState state, NftInstance instance) {
        this.plan = plan;
        this.state = state;
        this.instance = instance;
    }

    /** Returns the tables, the one that only keeps translations alive first. */
    public static List<NftTable> of(NftPlan plan, NftState state, NftInstance instance) {
        return new NftContent(plan, state, instance).tables();
    }

    private List<NftTable> tables() {
        List<NftTable> tables = new ArrayList<>();
        if (!byMethod(Method.TRANSLATE).isEmpty()) {
            tables.add(
                    new NftTable(NftFamily.INET, instance.keep(), List.of(new Chain("hold", "", Optional.of(Hook.HOLD),
                            List.of(List.of(new OfNoConnection(), new End(Verdict.RETURN)))))));
        }
        tables.add(new NftTable(NftFamily.INET, instance.table(), translating()));
        for (IpFamily family : IpFamily.values()) {
            List<NftObject> objects = passingOn(family);
            if (!objects.isEmpty()) {
                tables.add(new NftTable(NftFamily.of(family), instance.table(), objects));
            }
        }
        return tables;
    }

    private NftChains chains(NftRedirect redirect, IpFamily family) {
        return chains.computeIfAbsent(family, each -> new HashMap<>()).computeIfAbsent(redirect.id(),
                id -> new NftChains(redirect, family, state.of(id)));
    }

    private List<NftRedirect> byMethod(Method method) {
        return plan.redirects().stream().filter(redirect -> redirect.method() == method).toList();
    }

    private List<NftObject> translating() {
        List<NftRedirect> redirects = byMethod(Method.TRANSLATE);
        List<NftObject> objects = new ArrayList<>();
        instance.owner().ifPresent(owner -> objects.add(new Counter(owner)));
        redirects.forEach(redirect -> objects.add(new Counter(NftNames.counter(redirect))));
        objects.addAll(timeouts(redirects));
        List<NftObject> dispatches = new ArrayList<>();
        List<List<NftStatement>> incoming = new ArrayList<>();
        List<List<NftStatement>> local = new ArrayList<>();
        for (IpFamily family : IpFamily.values()) {
            redirects.stream().filter(redirect -> listens(redirect, family)).forEach(redirect -> {
                if (redirect.sticky()) {
                    objects.add(clients(redirect, family));
                }
                objects.addAll(chains(redirect, family).maps());
            });
            dispatch(redirects, family, dispatches, incoming, local);
        }
        objects.addAll(dispatches);
        base(objects, "nat_pre", Hook.TRANSLATE_INCOMING, incoming);
        base(objects, "nat_out", Hook.TRANSLATE_LOCAL, local);
        if (plan.diverts()) {
            base(objects, "divert", Hook.BEFORE_ROUTING, List.of(List.of(new OfProtocols(List.of(IpProtocol.TCP)),
                    new OfTransparentSocket(), new AddMark(DIVERTED), new End(Verdict.ACCEPT))));
        }
        redirects.forEach(redirect -> objects.addAll(chains(redirect)));
        return objects;
    }

    private List<NftObject> passingOn(IpFamily family) {
        List<NftRedirect> redirects = byMethod(Method.PASS_ON).stream().filter(redirect -> listens(redirect, family))
                .toList();
        List<NftObject> objects = new ArrayList<>();
        redirects.forEach(redirect -> objects.add(new Counter(NftNames.counter(redirect))));
        for (NftRedirect redirect : redirects) {
            if (redirect.sticky()) {
                objects.add(clients(redirect, family));
            }
            objects.add(
                    new Memory(NftNames.flows(redirect, family), MemoryKey.flow(family), memory(redirect), MOST_FLOWS));
            objects.addAll(chains(redirect, family).maps());
        }
        List<List<NftStatement>> incoming = new ArrayList<>();
        dispatch(redirects, family, objects, incoming, new ArrayList<>());
        base(objects, "raw_pre", Hook.BEFORE_TRACKING, incoming);
        redirects.forEach(redirect -> objects.add(chain(redirect, family, false,
                chains(redirect, family).passingOn())));
        return objects;
    }

    private static void base(List<NftObject> objects, String name, Hook hook, List<List<NftStatement>> rules) {
        if (!rules.isEmpty()) {
            objects.add(new Chain(name, "", Optional.of(hook), rules));
        }
    }

    private static List<NftObject> timeouts(List<NftRedirect> redirects) {
        TreeMap<String, NftObject> timeouts = new TreeMap<>();
        for (NftRedirect redirect : redirects) {
            for (NftListener listener : redirect.listeners()) {
                IpFamily family = listener.address().family();
                if (listener.protocol().equals(IpProtocol.TCP) && redirect.establishedTimeout().isPresent()) {
                    int seconds = redirect.establishedTimeout().getAsInt();
                    String name = NftNames.timeout(seconds, family);
                    timeouts.put(name, new Timeout(name, family, seconds));
                }
            }
        }
        return List.copyOf(timeouts.values());
    }

    private static Memory clients(NftRedirect redirect, IpFamily family) {
        return new Memory(NftNames.clients(redirect, family), MemoryKey.client(family), memory(redirect), MOST_CLIENTS);
    }

    private static int memory(NftRedirect redirect) {
        boolean tcp = redirect.listeners().stream().anyMatch(listener -> listener.protocol().equals(IpProtocol.TCP));
        int seconds = tcp ? redirect.establishedTimeout().orElse(DEFAULT_ESTABLISHED) : DATAGRAMS;
        return Math.min(seconds, LONGEST_MEMORY);
    }

    private static boolean listens(NftRedirect redirect, IpFamily family) {
        return redirect.listeners().stream().anyMatch(listener -> listener.address().family() == family);
    }

    /** Adds the maps of a family that the plan has listeners for, and the rules that ask them. */
    private void dispatch(List<NftRedirect> redirects, IpFamily family, List<NftObject> maps,
            List<List<NftStatement>> incoming, List<List<NftStatement>> local) {
        List<NftElement> all = elements(redirects, family, true);
        List<NftElement> wanted = elements(redirects, family, false);
        List<NftElement> here = wanted.stream().filter(NftContent::local).toList();
        List<NftElement> outside = wanted.stream().filter(element -> !local(element)).toList();
        String digit = NftNames.digit(family);
        if (all.stream().anyMatch(element -> element.interfaceName().isPresent() && !local(element))) {
            maps.add(new Dispatch(NftNames.BY_INTERFACE + digit, family, true, NftDispatch.byInterface(outside)));
            incoming.add(List.of(new DispatchBy(NftNames.BY_INTERFACE + digit, family, true)));
        }
        if (all.stream().anyMatch(element -> element.interfaceName().isEmpty())) {
            maps.add(new Dispatch(NftNames.ANY + digit, family, false, NftDispatch.anywhere(outside)));
            incoming.add(List.of(new DispatchBy(NftNames.ANY + digit, family, false)));
        }
        if (all.stream().anyMatch(NftContent::local)) {
            List<NftElement> unbound = here.stream().map(element -> new NftElement(Optional.empty(), element.address(),
                    element.protocol(), element.first(), element.last(), element.chain())).toList();
            maps.add(new Dispatch(NftNames.LOCAL + digit, family, false, NftDispatch.anywhere(unbound)));
            local.add(List.of(new DispatchBy(NftNames.LOCAL + digit, family, false)));
        }
    }

    private static boolean local(NftElement element) {
        return element.interfaceName().filter("lo"::equals).isPresent();
    }

    /**
     * Returns what the listeners ask for, before overlaps are resolved, in the order in which pf would ask.
     * A redirection that is down asks for nothing; one that passes packets on still does, after all others,
     * for the flows that it has.
     */
    private List<NftElement> elements(List<NftRedirect> redirects, IpFamily family, boolean evenDown) {
        return redirects.stream().sorted(Comparator.comparing((NftRedirect redirect) -> down(redirect, family))
                .thenComparing(NftRedirect::name)).filter(
                        redirect -> evenDown || !down(redirect, family)
                                || redirect.method() == Method.PASS_ON)
                .flatMap(redirect -> elements(redirect, family)).toList();
    }

    private boolean down(NftRedirect redirect, IpFamily family) {
        return chains(redirect, family).down();
    }

    private static Stream<NftElement> elements(NftRedirect redirect, IpFamily family) {
        return redirect.listeners().stream().filter(listener -> listener.address().family() == family)
                .map(listener -> new NftElement(listener.interfaceName(), listener.address(), listener.protocol(),
                        listener.ports().first().number(), listener.ports().last().number(),
                        NftNames.chain(redirect, family, keepsPort(redirect, listener))));
    }

    private static boolean keepsPort(NftRedirect redirect, NftListener listener) {
        return redirect.method() == Method.TRANSLATE && listener.newPort().isEmpty();
    }

    private List<Chain> chains(NftRedirect redirect) {
        List<Chain> chains = new ArrayList<>();
        for (IpFamily family : IpFamily.values()) {
            NftChains rules = chains(redirect, family);
            for (boolean keepsPort : new boolean[]{false, true}) {
                List<NftListener> served = redirect.listeners().stream()
                        .filter(listener -> listener.address().family() == family)
                        .filter(listener -> keepsPort(redirect, listener) == keepsPort).toList();
                if (!served.isEmpty()) {
                    chains.add(chain(redirect, family, keepsPort, rules.translating(served)));
                }
            }
        }
        return chains;
    }

    private static Chain chain(NftRedirect redirect, IpFamily family, boolean keepsPort,
            List<List<NftStatement>> rules) {
        return new Chain(NftNames.chain(redirect, family, keepsPort), redirect.name(), Optional.empty(), rules);
    }
}
