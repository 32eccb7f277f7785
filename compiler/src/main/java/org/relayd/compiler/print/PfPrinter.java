package org.relayd.compiler.print;

import static org.relayd.compiler.print.PfText.words;

import java.util.List;
import java.util.function.Predicate;
import org.relayd.ir.config.HostId;
import org.relayd.ir.pf.PfPlan;
import org.relayd.ir.pf.PfRule;
import org.relayd.ir.pf.PfRule.Pool;

/**
 * The rules as {@code pfctl -sr} of OpenBSD shows them once relayd has loaded them. Not everything that pfctl shows can
 * be loaded from text again: {@link PfLoadPrinter} is for that.
 */
public final class PfPrinter {
    private PfPrinter() {}

    /**
     * Prints one block for each redirection: a heading, the table, and the rules unless the redirection is down.
     *
     * @param up
     *            tells whether a host is up
     */
    public static String print(PfPlan plan, Predicate<HostId> up) {
        return PfText.blocks(plan, up, anchor -> anchor.rules().stream().map(PfPrinter::rule).toList());
    }

    /** Returns one rule, without a line end. The order of the phrases is pfctl's. */
    public static String rule(PfRule rule) {
        return words(List.of(PfText.action(rule), rule.interfaceName().map(name -> "on " + name).orElse(""),
                "on rdomain " + rule.routingDomain(), PfText.packets(rule), PfText.flags(rule), PfText.state(rule),
                PfText.tag(rule), pool(rule.pool())));
    }

    private static String pool(Pool pool) {
        return switch (pool) {
            case Pool.RedirectTo(var table, var port, var selection) -> "rdr-to <" + table + ">"
                    + port.map(number -> " port " + number).orElse("") + " " + PfText.selection(selection);
            case Pool.RouteTo(var table, var out, var selection) -> "route-to <" + table + ">@" + out + " "
                    + PfText.selection(selection);
        };
    }
}
