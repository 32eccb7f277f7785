package org.relayd.main.daemon;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.relayd.ir.plan.Plan;
import org.relayd.runtime.SocketKind;
import org.relayd.runtime.relay.RelaySupport;

/**
 * What a plan asks for and this version cannot execute yet. Refused at the start, so that nothing is ignored in
 * silence.
 */
final class NotSupported {
    private NotSupported() {}

    /** Returns one line for each construct, in the order of the plan; empty if all is supported. */
    static List<String> in(Plan plan, SocketKind sockets) {
        List<String> missing = new ArrayList<>();
        plan.globals().agent().ifPresent(agent -> missing.add(agent.trapsOnly() ? "snmp trap" : "snmp"));
        missing.addAll(RelaySupport.unsupported(plan.relays(), sockets));
        return Stream.concat(missing.stream().map(what -> "not supported yet: " + what),
                plan.kernel().refusals().stream()).toList();
    }
}
