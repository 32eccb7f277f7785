package org.relayd.main.plans;

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

    /**
     * Refuses a plan that this machine cannot execute. To be asked after compiling: meanwhile
     * {@link org.relayd.runtime.relay.HeadStart} readies the answer.
     *
     * @throws StartException
     *             with what {@link #in} says
     */
    static void refuse(Plan plan) throws StartException {
        List<String> missing = in(plan, SocketKind.ofThisMachine());
        if (!missing.isEmpty()) {
            throw new StartException(missing);
        }
    }

    /** Returns one line for each construct, in the order of the plan; empty if all is supported. */
    static List<String> in(Plan plan, SocketKind sockets) {
        List<String> missing = new ArrayList<>();
        plan.globals().agent().ifPresent(agent -> missing.add(agent.trapsOnly() ? "snmp trap" : "snmp"));
        missing.addAll(RelaySupport.unsupported(plan.relays(), sockets));
        return Stream.concat(missing.stream().map(what -> "not supported yet: " + what),
                plan.kernel().refusals().stream()).toList();
    }
}
