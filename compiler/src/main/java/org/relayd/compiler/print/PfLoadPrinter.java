package org.relayd.compiler.print;

import static org.relayd.compiler.print.PfText.words;

import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.relayd.ir.config.HostId;
import org.relayd.ir.net.IpProtocol;
import org.relayd.ir.pf.PfAnchor;
import org.relayd.ir.pf.PfPlan;
import org.relayd.ir.pf.PfRule;
import org.relayd.ir.pf.PfRule.Pool;

/**
 * Rules that {@code pfctl -a relayd/NAME -f -} of OpenBSD loads. They say the same as those of {@link PfPrinter} where
 * pfctl's grammar has words for it; a rule that it has no words for is left out, with a comment that says why.
 */
public final class PfLoadPrinter {
    private PfLoadPrinter() {}

    /**
     * Prints one block for each redirection, to be loaded into the anchor that the heading names.
     *
     * @param up
     *            tells whether a host is up
     */
    public static String print(PfPlan plan, Predicate<HostId> up) {
        return PfText.blocks(PfWord.loadable(plan), up, PfLoadPrinter::rules);
    }

    /** Returns what rules of this plan lose as text, one line for each redirection and reason. */
    public static List<String> warnings(PfPlan plan) {
        return plan.anchors().stream()
                .flatMap(anchor -> anchor.rules().stream().flatMap(PfLoadPrinter::losses).distinct()
                        .map(reason -> "redirect " + anchor.redirect().name() + " as text: " + reason))
                .toList();
    }

    /** Returns why rules of a redirection cannot be loaded, each reason once; empty if all can. */
    public static List<String> obstacles(PfAnchor anchor) {
        return anchor.rules().stream().flatMap(rule -> obstacle(rule).stream()).distinct().toList();
    }

    private static Stream<String> losses(PfRule rule) {
        boolean timeoutLost = rule.match() && !PfText.state(rule).isEmpty();
        return Stream.concat(obstacle(rule).stream(),
                timeoutLost ? Stream.of("a match rule cannot set the session timeout") : Stream.empty());
    }

    /** Returns the rules of a redirection, one a line; one that cannot be loaded is a comment. */
    public static List<String> lines(PfAnchor anchor) {
        return rules(PfWord.loadable(anchor));
    }

    private static List<String> rules(PfAnchor anchor) {
        return anchor.rules().stream().map(rule -> obstacle(rule)
                .map(reason -> "# not loadable as text: " + reason + ": " + PfPrinter.rule(rule))
                .orElseGet(() -> rule(rule))).toList();
    }

    /**
     * Returns one rule, without a line end. An interface implies its routing domain, and pfctl takes only one of them.
     */
    public static String rule(PfRule rule) {
        return words(List.of(PfText.action(rule),
                rule.interfaceName().map(name -> "on " + name).orElse("on rdomain " + rule.routingDomain()),
                PfText.packets(rule), PfText.flags(rule), rule.match() ? "" : PfText.state(rule), PfText.tag(rule),
                pool(rule.pool())));
    }

    /** Since OpenBSD 6.9 the outgoing interface follows from the address that the packet is routed to. */
    private static String pool(Pool pool) {
        return switch (pool) {
            case Pool.RedirectTo(var table, var port, var selection) -> "rdr-to <" + table + ">"
                    + port.map(number -> " port " + number).orElse("") + " " + PfText.selection(selection);
            case Pool.RouteTo(var table, var _, var selection) -> "route-to <" + table + "> "
                    + PfText.selection(selection);
        };
    }

    private static Optional<String> obstacle(PfRule rule) {
        if (rule.match() && rule.pool() instanceof Pool.RouteTo) {
            return Optional.of("route-to is not supported on match rules");
        }
        boolean hasPorts = rule.protocol().equals(IpProtocol.TCP) || rule.protocol().equals(IpProtocol.UDP);
        return hasPorts ? Optional.empty() : Optional.of("port only applies to tcp/udp");
    }
}
