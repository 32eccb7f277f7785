package org.relayd.compiler.lower;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.relayd.ir.config.HashKey;
import org.relayd.ir.config.Redirect;
import org.relayd.ir.config.Table;
import org.relayd.ir.diagnostic.Diagnostic;
import org.relayd.ir.diagnostic.TargetCode;
import org.relayd.ir.net.IpProtocol;
import org.relayd.ir.net.Port;
import org.relayd.ir.net.PortRange;
import org.relayd.ir.nft.NftHost;
import org.relayd.ir.nft.NftPlan;
import org.relayd.ir.nft.NftRedirect;
import org.relayd.ir.nft.NftRedirect.Choice;
import org.relayd.ir.nft.NftRedirect.NftListener;
import org.relayd.ir.nft.NftRedirect.Method;
import org.relayd.ir.nft.NftTag;
import org.relayd.ir.pf.PfAnchor;
import org.relayd.ir.pf.PfPlan;
import org.relayd.ir.pf.PfRule;
import org.relayd.ir.pf.PfRule.Pool;
import org.relayd.ir.pf.PfRule.Selection;

/**
 * pf anchors in the terms of nftables. What Linux cannot do is an error, so that nothing is silently left out; what it
 * does in another way is a warning.
 */
public final class NftLowering {
    private static final int MOST_HOSTS = 0xffff;
    private static final int MOST_TAGS = 0xff;
    /** Longest timeout that the kernel's counter of ticks holds, seconds: 49 days. */
    private static final int LONGEST_TIMEOUT = 4_294_967;
    /** The IP protocols whose headers begin with two ports. */
    private static final Set<IpProtocol> WITH_PORTS = Set.of(IpProtocol.TCP, IpProtocol.UDP, new IpProtocol("sctp"),
            new IpProtocol("dccp"), new IpProtocol("udplite"));
    private static final Pattern PLAIN_WORD = Pattern.compile("[A-Za-z0-9][A-Za-z0-9.+-]*");
    private static final Pattern PLAIN_INTERFACE = Pattern.compile("[!-~&&[^\"*/]]{1,15}");

    private final PfPlan plan;
    private final Map<String, NftTag> tags = new LinkedHashMap<>();
    private final List<Diagnostic> diagnostics = new ArrayList<>();

    private NftLowering(PfPlan plan) {
        this.plan = plan;
    }

    /**
     * The result of a lowering.
     *
     * @param plan
     *            what nftables can do of the redirections
     * @param diagnostics
     *            errors for what it cannot do, and warnings for what it does in another way
     */
    public record Lowered(NftPlan plan, List<Diagnostic> diagnostics) {

        /** Copies the list. */
        public Lowered {
            diagnostics = List.copyOf(diagnostics);
        }
    }

    /** Lowers all redirections. */
    public static Lowered lower(PfPlan plan) {
        return new NftLowering(plan).lowered();
    }

    private Lowered lowered() {
        List<NftRedirect> redirects = plan.anchors().stream().map(this::redirect).toList();
        if (tags.size() > MOST_TAGS) {
            refuse("more than " + MOST_TAGS + " different tags");
        }
        return new Lowered(new NftPlan(redirects, List.copyOf(tags.values()), plan.diverts()), diagnostics);
    }

    private NftRedirect redirect(PfAnchor anchor) {
        Redirect redirect = anchor.redirect();
        PfRule any = anchor.rules().getFirst();
        Method method = switch (any.pool()) {
            case Pool.RedirectTo _ -> Method.TRANSLATE;
            case Pool.RouteTo _ -> Method.PASS_ON;
        };
        return new NftRedirect(redirect.id(), redirect.name(), method, choice(any.pool().selection()),
                any.pool().selection().sticky(), any.tag().map(this::tag), any.log(), timeout(redirect, anchor),
                listeners(redirect, anchor), hosts(redirect));
    }

    private static Choice choice(Selection selection) {
        return switch (selection.mode()) {
            case ROUNDROBIN -> new Choice.InTurn();
            case LEAST_STATES -> new Choice.FewestConnections();
            case RANDOM -> new Choice.Random();
            case SOURCE_HASH -> new Choice.SourceHash(selection.key().map(NftLowering::seed)
                    .orElse(OptionalInt.empty()));
            case LOADBALANCE, HASH -> throw new IllegalArgumentException("mode of a relay: " + selection.mode());
        };
    }

    /** nft's hash begins with 32 bits: the first ones of the key. */
    private static OptionalInt seed(HashKey key) {
        byte[] bytes = key.bytes();
        return OptionalInt.of(ByteBuffer.wrap(bytes).getInt());
    }

    private NftTag tag(String name) {
        return tags.computeIfAbsent(name, text -> new NftTag(text, Math.min(tags.size() + 1, MOST_TAGS)));
    }

    private OptionalInt timeout(Redirect redirect, PfAnchor anchor) {
        OptionalInt seconds = anchor.rules().stream().map(PfRule::establishedTimeout)
                .filter(OptionalInt::isPresent).findFirst().orElse(OptionalInt.empty());
        if (seconds.orElse(0) == 0) {
            return OptionalInt.empty();
        }
        if (seconds.getAsInt() > LONGEST_TIMEOUT) {
            warn(redirect, "a session timeout of " + seconds.getAsInt() + " s is cut to " + LONGEST_TIMEOUT + " s");
        }
        return OptionalInt.of(Math.min(seconds.getAsInt(), LONGEST_TIMEOUT));
    }

    private List<NftListener> listeners(Redirect redirect, PfAnchor anchor) {
        List<NftListener> listeners = new ArrayList<>();
        for (PfRule rule : anchor.rules()) {
            boolean backwards = rule.ports().first().number() > rule.ports().last().number();
            if (backwards) {
                warn(redirect, "port range " + rule.ports() + " matches nothing");
            } else if (supported(redirect, rule)) {
                listeners.add(listener(rule));
            }
        }
        return listeners;
    }

    private boolean supported(Redirect redirect, PfRule rule) {
        int before = diagnostics.size();
        if (!PLAIN_WORD.matcher(rule.protocol().name()).matches()) {
            refuse("redirect " + redirect.name() + ": protocol " + rule.protocol());
        }
        rule.interfaceName().filter(name -> !PLAIN_INTERFACE.matcher(name).matches())
                .ifPresent(name -> refuse("redirect " + redirect.name() + ": interface name " + name));
        if (rule.pool() instanceof Pool.RouteTo && rule.interfaceName().filter("lo"::equals).isPresent()) {
            refuse("redirect " + redirect.name() + ": route to for connections of this machine");
        }
        if (!rule.destination().scope().isEmpty()) {
            refuse("redirect " + redirect.name() + ": listen address with a scope");
        }
        return diagnostics.size() == before;
    }

    private static NftListener listener(PfRule rule) {
        boolean ports = WITH_PORTS.contains(rule.protocol());
        Optional<Port> newPort = switch (rule.pool()) {
            case Pool.RedirectTo(var _, var port, var _) when ports -> port;
            case Pool.RedirectTo _,Pool.RouteTo _ -> Optional.empty();
        };
        return new NftListener(rule.destination(), rule.protocol(),
                ports ? rule.ports() : new PortRange(new Port(0), new Port(65535), true), rule.interfaceName(),
                newPort);
    }

    private List<NftHost> hosts(Redirect redirect) {
        Map<Integer, NftHost> hosts = new HashMap<>();
        List<NftHost> inOrder = new ArrayList<>();
        for (Table table : Stream.concat(Stream.of(redirect.table()), redirect.backup().stream()).toList()) {
            table.hosts().forEach(host -> {
                NftHost lowered = new NftHost(host.id(), host.address());
                if (!host.address().scope().isEmpty()) {
                    refuse("redirect " + redirect.name() + ": host " + host.name() + ": an address with a scope");
                } else if (host.id().number() > MOST_HOSTS) {
                    refuse("more than " + MOST_HOSTS + " hosts");
                } else if (hosts.put(host.id().number(), lowered) == null) {
                    inOrder.add(lowered);
                }
            });
        }
        return inOrder;
    }

    private void refuse(String what) {
        Diagnostic diagnostic = Diagnostic.global(TargetCode.NFTABLES_CANNOT, "not supported by nftables: " + what);
        if (!diagnostics.contains(diagnostic)) {
            diagnostics.add(diagnostic);
        }
    }

    private void warn(Redirect redirect, String what) {
        diagnostics.add(Diagnostic.global(TargetCode.NFTABLES_DIFFERS, "redirect " + redirect.name() + ": " + what));
    }
}
