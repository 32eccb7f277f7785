package org.relayd.compiler.print;

import java.util.Set;
import java.util.regex.Pattern;
import org.relayd.ir.pf.PfAnchor;
import org.relayd.ir.pf.PfPlan;
import org.relayd.ir.pf.PfRule;
import org.relayd.ir.pf.PfRule.Pool;

/**
 * Names of tables and tags as pfctl reads them. pf.conf(5): GRAMMAR, {@code string}. What pfctl shows has no quotes.
 */
final class PfWord {
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z_][A-Za-z0-9_.:-]*");

    /** The words of both systems' grammar that a name may be taken for. */
    private static final Set<String> KEYWORDS = Set
            .of("""
                    af-to all allow-opts altq anchor antispoof any bandwidth binat binat-anchor binat-to bitmask block block-policy
                    bridge-to buckets burst cbq code codelq const counters crop debug default delay divert-packet divert-reply
                    divert-to dnpipe dnqueue drop dup-to ether fail-policy fairq file fingerprints flags floating flow flows flush
                    for fragment from global group hfsc hogs hostid icmp-type icmp6-type if-bound in include inet inet6 interval
                    keep keepcounters label least-states limit linkshare load log loginterface map-e-portset match matches max
                    max-mss max-pkt-rate max-pkt-size max-src-conn max-src-conn-rate max-src-nodes max-src-states min min-ttl
                    modulate nat nat-anchor nat-to no no-df no-route no-sync on once optimization os out overload parent pass persist
                    pflow port prio priority priq probability proto qlimit quantum queue quick random random-id rate rdomain rdr
                    rdr-anchor rdr-to realtime reassemble received-on reply-to require-order return return-icmp return-icmp6
                    return-rst ridentifier round-robin route route-to rtable rule ruleset-optimization scrub self set set-tos skip
                    sloppy source-hash source-track state state-defaults state-policy static-port sticky-address syncookies synproxy
                    table tag tagged target timeout to tos ttl upperlimit urpf-failed user weight"""
                    .strip().split("\\s+"));

    private PfWord() {}

    /** Returns the redirections with the names of their tables and tags as pfctl reads them. */
    static PfPlan loadable(PfPlan plan) {
        return new PfPlan(plan.anchors().stream().map(PfWord::loadable).toList(), plan.diverts());
    }

    /** Returns one redirection with the names of its table and tag as pfctl reads them. */
    static PfAnchor loadable(PfAnchor anchor) {
        return new PfAnchor(anchor.name(), loadable(anchor.table()), anchor.redirect(),
                anchor.rules().stream().map(PfWord::loadable).toList());
    }

    private static PfRule loadable(PfRule rule) {
        Pool pool = switch (rule.pool()) {
            case Pool.RedirectTo(var table, var port, var selection)
                    -> new Pool.RedirectTo(loadable(table), port, selection);
            case Pool.RouteTo(var table, var out, var selection) -> new Pool.RouteTo(loadable(table), out, selection);
        };
        return new PfRule(rule.match(), rule.log(), rule.interfaceName(), rule.routingDomain(), rule.protocol(),
                rule.destination(), rule.ports(), rule.establishedTimeout(), rule.tag().map(PfWord::loadable), pool);
    }

    /** Returns the name, in quotes if pfctl would take it for something else. */
    static String loadable(String name) {
        if (PLAIN.matcher(name).matches() && !KEYWORDS.contains(name)) {
            return name;
        }
        return name.indexOf('"') < 0 ? '"' + name + '"' : "'" + name + "'";
    }
}
