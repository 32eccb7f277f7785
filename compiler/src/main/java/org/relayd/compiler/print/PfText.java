package org.relayd.compiler.print;

import java.util.HexFormat;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.relayd.ir.config.Host;
import org.relayd.ir.config.HostId;
import org.relayd.ir.net.IpProtocol;
import org.relayd.ir.net.PortRange;
import org.relayd.ir.pf.PfAnchor;
import org.relayd.ir.pf.PfPlan;
import org.relayd.ir.pf.PfRule;
import org.relayd.ir.pf.PfRule.Pool;
import org.relayd.ir.pf.PfRule.Selection;
import org.relayd.ir.plan.ActiveTable;
import org.relayd.ir.term.SchedulingMode;

/** Phrases that the pf printers share. pf.conf(5): GRAMMAR. */
final class PfText {
    private PfText() {}

    /**
     * Returns one block for each redirection: a heading, the table, and the rules unless the redirection is down.
     *
     * @param up
     *            tells whether a host is up
     * @param rules
     *            gives the rules of an anchor, one a line, without line ends
     */
    static String blocks(PfPlan plan, Predicate<HostId> up, Function<PfAnchor, List<String>> rules) {
        StringBuilder text = new StringBuilder();
        for (PfAnchor anchor : plan.anchors()) {
            ActiveTable active = ActiveTable.configured(anchor.redirect(), up);
            text.append(heading(anchor, active));
            if (active.use() != ActiveTable.Use.NONE) {
                rules.apply(anchor).forEach(line -> text.append(line).append('\n'));
            }
        }
        return text.toString();
    }

    private static String heading(PfAnchor anchor, ActiveTable active) {
        return "# anchor " + anchor.name() + "\ntable <" + anchor.table() + "> persist "
                + active.hosts().stream().map(Host::address).map(Object::toString)
                        .collect(Collectors.joining(", ", "{ ", " }")).replace("{  }", "{ }")
                + "\n";
    }

    /** Returns the present parts with one blank between them. */
    static String words(Stream<String> parts) {
        return parts.filter(part -> !part.isEmpty()).collect(Collectors.joining(" "));
    }

    static String words(List<String> parts) {
        return words(parts.stream());
    }

    /** Returns {@code pass in quick}, {@code match in log} and the like. */
    static String action(PfRule rule) {
        return words(List.of(rule.match() ? "match in" : "pass in", rule.log() ? "log" : "",
                rule.match() ? "" : "quick"));
    }

    /** Returns {@code FAMILY proto P from any to ADDRESS port ...}. */
    static String packets(PfRule rule) {
        return rule.destination().family().word() + " proto " + rule.protocol() + " from any to " + rule.destination()
                + " port " + ports(rule.ports());
    }

    private static String ports(PortRange ports) {
        return ports.range() ? ports.toString() : "= " + ports;
    }

    /** Only TCP has flags; a rule with {@code route-to} may take a connection in its middle. */
    static String flags(PfRule rule) {
        if (!rule.protocol().equals(IpProtocol.TCP)) {
            return "";
        }
        return switch (rule.pool()) {
            case Pool.RedirectTo _ -> "flags S/SA";
            case Pool.RouteTo _ -> "flags any";
        };
    }

    /** Returns {@code keep state (...)}, or nothing if no option follows: keeping state is pf's default. */
    static String state(PfRule rule) {
        String options = Stream.of(sloppy(rule.pool()), timeout(rule.establishedTimeout()))
                .filter(option -> !option.isEmpty()).collect(Collectors.joining(", "));
        return options.isEmpty() ? "" : "keep state (" + options + ")";
    }

    /** The answers of direct server return do not come back through pf, which sees half a connection. */
    private static String sloppy(Pool pool) {
        return switch (pool) {
            case Pool.RedirectTo _ -> "";
            case Pool.RouteTo _ -> "sloppy";
        };
    }

    /** A timeout of 0 stands for pf's own. */
    private static String timeout(OptionalInt seconds) {
        return seconds.orElse(0) == 0 ? "" : "tcp.established " + seconds.getAsInt();
    }

    static String tag(PfRule rule) {
        return rule.tag().map(tag -> "tag " + tag).orElse("");
    }

    /** Returns how the pool chooses: {@code round-robin sticky-address} and the like. */
    static String selection(Selection selection) {
        return words(List.of(mode(selection.mode()),
                selection.mode() == SchedulingMode.SOURCE_HASH
                        ? selection.key().map(key -> "0x" + HexFormat.of().formatHex(key.bytes())).orElse("")
                        : "",
                selection.sticky() ? "sticky-address" : ""));
    }

    /** pf's words; the hashing modes of relays cannot come here: the checker refuses them for redirections. */
    private static String mode(SchedulingMode mode) {
        return switch (mode) {
            case ROUNDROBIN -> "round-robin";
            case LEAST_STATES, RANDOM, SOURCE_HASH -> mode.word();
            case LOADBALANCE, HASH -> throw new IllegalArgumentException("mode " + mode.word() + " in a pf pool");
        };
    }
}
