package org.relayd.compiler.print;

import static org.relayd.compiler.print.PfText.words;

import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.relayd.ir.config.HostId;
import org.relayd.ir.net.IpProtocol;
import org.relayd.ir.net.PortRange;
import org.relayd.ir.pf.PfAnchor;
import org.relayd.ir.pf.PfPlan;
import org.relayd.ir.pf.PfRule;
import org.relayd.ir.pf.PfRule.Pool;
import org.relayd.ir.pf.PfRule.Selection;
import org.relayd.ir.term.SchedulingMode;

/**
 * Rules that {@code pfctl -a relayd/NAME -f -} of FreeBSD loads. There, translation stands before filtering, in
 * rules of its own that have no options for states, and filter rules see the translated address; so a session
 * timeout needs a second rule, tied to the first one by a tag. A rule that cannot be said this way is left out, with
 * a comment that says why.
 */
public final class PfFreebsdPrinter {
    private PfFreebsdPrinter() {}

    /**
     * Prints one block for each redirection, to be loaded into the anchor that the heading names: translations first.
     *
     * @param up
     *            tells whether a host is up
     */
    public static String print(PfPlan plan, Predicate<HostId> up) {
        return PfText.blocks(PfWord.loadable(plan), up, PfFreebsdPrinter::rules);
    }

    /** Returns why rules of this plan cannot be loaded on FreeBSD, one line for each redirection and reason. */
    public static List<String> warnings(PfPlan plan) {
        return plan.anchors().stream()
                .flatMap(anchor -> anchor.rules().stream().flatMap(PfFreebsdPrinter::losses).distinct()
                        .map(reason -> "redirect " + anchor.redirect().name() + " on FreeBSD: " + reason))
                .toList();
    }

    /** Returns the rules of a redirection, translations first, one a line; one that cannot be loaded is a comment. */
    public static List<String> lines(PfAnchor anchor) {
        return rules(PfWord.loadable(anchor));
    }

    private static List<String> rules(PfAnchor anchor) {
        Stream<String> refused = anchor.rules().stream().flatMap(rule -> obstacle(rule).stream()
                .map(reason -> "# not loadable: " + reason + ": " + PfPrinter.rule(rule)));
        List<PfRule> rules = anchor.rules().stream().filter(rule -> obstacle(rule).isEmpty()).toList();
        String own = PfWord.loadable("RELAYD_" + anchor.redirect().name());
        return Stream.of(refused, rules.stream().flatMap(rule -> translation(rule, rule.tag().orElse(own)).stream()),
                rules.stream().flatMap(rule -> filter(rule, rule.tag().orElse(own)).stream()))
                .flatMap(lines -> lines).distinct().toList();
    }

    /** The short form passes at once; with a timeout, or for the user's tag, a filter rule decides. */
    private static Optional<String> translation(PfRule rule, String tag) {
        if (!(rule.pool() instanceof Pool.RedirectTo(var table, var port, var selection))) {
            return Optional.empty();
        }
        boolean passes = !rule.match() && PfText.state(rule).isEmpty();
        return Optional.of(words(List.of("rdr", passes ? "pass" : "", passes && rule.log() ? "log" : "", on(rule),
                packets(rule), passes && rule.tag().isEmpty() ? "" : "tag " + tag, "-> <" + table + ">",
                port.map(number -> "port " + number).orElse(""), PfText.selection(selection))));
    }

    private static Optional<String> filter(PfRule rule, String tag) {
        return switch (rule.pool()) {
            case Pool.RedirectTo(var table, var port, var _) -> rule.match() || PfText.state(rule).isEmpty()
                    ? Optional.empty()
                    : Optional.of(words(List.of(PfText.action(rule), on(rule), family(rule), "from any to <" + table
                            + "> port", ports(port.map(PortRange::single).orElse(rule.ports())), PfText.flags(rule),
                            PfText.state(rule), "tagged " + tag)));
            case Pool.RouteTo(var table, var out, var selection) -> Optional.of(words(List.of(PfText.action(rule),
                    on(rule), "route-to (" + out + " <" + table + ">)", PfText.selection(selection), packets(rule),
                    PfText.flags(rule), PfText.state(rule), PfText.tag(rule))));
        };
    }

    private static String on(PfRule rule) {
        return rule.interfaceName().map(name -> "on " + name).orElse("");
    }

    private static String family(PfRule rule) {
        return rule.destination().family().word() + " proto " + rule.protocol();
    }

    private static String packets(PfRule rule) {
        return family(rule) + " from any to " + rule.destination() + " port " + ports(rule.ports());
    }

    private static String ports(PortRange ports) {
        return ports.toString();
    }

    /** Returns why rules of a redirection cannot be loaded, each reason once; empty if all can. */
    public static List<String> obstacles(PfAnchor anchor) {
        return anchor.rules().stream().flatMap(rule -> obstacle(rule).stream()).distinct().toList();
    }

    private static Stream<String> losses(PfRule rule) {
        boolean timeoutLost = rule.match() && !PfText.state(rule).isEmpty();
        boolean logLost = rule.match() && rule.log();
        return Stream.of(obstacle(rule).stream(),
                timeoutLost ? Stream.of("without a pass rule the session timeout cannot be set")
                        : Stream.<String>empty(),
                logLost ? Stream.of("without a pass rule packets are not logged") : Stream.<String>empty())
                .flatMap(reasons -> reasons);
    }

    private static Optional<String> obstacle(PfRule rule) {
        if (rule.match() && rule.pool() instanceof Pool.RouteTo) {
            return Optional.of("there are no match rules");
        }
        if (!rule.protocol().equals(IpProtocol.TCP) && !rule.protocol().equals(IpProtocol.UDP)) {
            return Optional.of("port only applies to tcp/udp");
        }
        if (rule.routingDomain() != 0) {
            return Optional.of("there are no routing domains");
        }
        return mode(rule.pool().selection());
    }

    private static Optional<String> mode(Selection selection) {
        return selection.mode() == SchedulingMode.ROUNDROBIN ? Optional.empty()
                : Optional.of("tables are only supported in round-robin pools");
    }
}
