package org.relayd.corpus;

import java.util.List;
import java.util.Map;
import org.relayd.ir.net.IpProtocol;
import org.relayd.ir.pf.PfPlan;
import org.relayd.ir.pf.PfRule;
import org.relayd.ir.pf.PfRule.Pool;
import org.relayd.ir.pf.PfRule.Selection;
import org.relayd.ir.term.SchedulingMode;

/**
 * Rules as the corpus writes those of the original: every field of pf's structure that relayd
 * sets, a line for each rule.
 */
final class PfFields {
    /** Numbers of protocols(5) for the protocols of the corpus. */
    private static final Map<String, Integer> PROTOCOLS = Map.of("icmp", 1, "tcp", 6, "udp", 17, "sctp", 132);

    private PfFields() {}

    /**
     * Returns the rules of all redirections that are not disabled, which is what the original loads once hosts are up.
     */
    static List<String> of(PfPlan plan) {
        return plan.anchors().stream().filter(anchor -> !anchor.redirect().disabled())
                .flatMap(anchor -> anchor.rules().stream().map(rule -> line(anchor.name(), rule))).toList();
    }

    private static String line(String anchor, PfRule rule) {
        boolean tcp = rule.protocol().equals(IpProtocol.TCP);
        return "rule anchor=" + anchor + " action=" + (rule.match() ? "match" : "pass quick") + " dir=in rdomain="
                + rule.routingDomain() + rule.interfaceName().map(name -> " if=" + name).orElse("") + " af="
                + rule.destination().family().word() + " proto=" + PROTOCOLS.get(rule.protocol().name()) + " dst="
                + rule.destination() + "/full " + ports(rule) + " flags=" + (tcp ? "0x2/0x12" : "0/0")
                + " keep=1 rule_flag=0 rtable=-1 tcp.established=" + rule.establishedTimeout().orElse(0)
                + rule.tag().map(tag -> " tag=" + tag).orElse("") + " rt=none rdr=" + pool(rule.pool())
                + " nat={type=none algo=none}";
    }

    private static String ports(PfRule rule) {
        return rule.ports().range()
                ? "dport_op=range dport=" + rule.ports().first().number() + ":" + rule.ports().last().number()
                : "dport_op=eq dport=" + rule.ports().first().number() + ":0";
    }

    private static String pool(Pool pool) {
        return switch (pool) {
            case Pool.RedirectTo(var table, var port, var selection) -> "{type=table table=<" + table + ">"
                    + port.map(to -> " port_op=2 proxy_port=" + to.number() + ":0").orElse("") + " "
                    + selection(selection) + "}";
            case Pool.RouteTo _ -> throw new IllegalArgumentException("the original wrote no such rule");
        };
    }

    private static String selection(Selection selection) {
        String mode = selection.mode() == SchedulingMode.ROUNDROBIN ? "round-robin" : selection.mode().word();
        return "algo=" + mode + (selection.mode() == SchedulingMode.SOURCE_HASH ? " key=set" : "")
                + (selection.sticky() ? " sticky-address" : "");
    }
}
