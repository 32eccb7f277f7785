package org.relayd.main.daemon;

import java.util.ArrayList;
import java.util.List;
import org.relayd.ir.plan.Plan;
import org.relayd.runtime.relay.RelaySupport;

/**
 * What a plan asks for and this version cannot execute yet. Refused at the start, so that nothing is ignored in
 * silence.
 */
final class NotSupported {
    private NotSupported() {}

    /** Returns one text for each construct, in the order of the plan; empty if all is supported. */
    static List<String> in(Plan plan) {
        List<String> missing = new ArrayList<>();
        plan.globals().agent().ifPresent(agent -> missing.add(agent.trapsOnly() ? "snmp trap" : "snmp"));
        plan.filter().anchors().forEach(anchor -> missing.add("redirect \"" + anchor.redirect().name() + "\""));
        plan.routes().routers().forEach(router -> missing.add("router \"" + router.name() + "\""));
        plan.health().tables().forEach(table -> table.demoteGroup()
                .ifPresent(group -> missing.add("table \"" + table.name() + "\": demote " + group)));
        missing.addAll(RelaySupport.unsupported(plan.relays()));
        return List.copyOf(missing);
    }
}
