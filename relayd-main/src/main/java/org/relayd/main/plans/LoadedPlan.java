package org.relayd.main.plans;

import org.relayd.compiler.print.ProtocolDump;
import org.relayd.ir.config.CheckedConfig;
import org.relayd.ir.config.Relay;
import org.relayd.ir.plan.Plan;
import org.relayd.ir.term.Dialect;
import org.relayd.runtime.Log;

/**
 * A configuration that has been read and can be executed.
 *
 * @param number
 *            by which the parent knows it; from 1, counted up
 * @param plan
 *            what to execute
 * @param config
 *            what it was made of
 */
public record LoadedPlan(int number, Plan plan, CheckedConfig config) {

    /**
     * Logs the relays with their protocols, for those who look for what the file was taken for: with {@code -vv}, in
     * dialect 5.1 the protocols also whenever the daemon is in the foreground.
     */
    public void tellRelays(Log log, boolean foreground) {
        boolean always = config.dialect() == Dialect.V5_1 && foreground;
        for (Relay relay : config.relays()) {
            log.debug(() -> "relay_privinit: adding relay " + relay.name());
            if (always) {
                log.info(protocol(relay));
            } else {
                // Rules may be many: their words are made only if somebody wants to see them.
                log.debug(() -> protocol(relay));
            }
        }
    }

    private String protocol(Relay relay) {
        return String.join("\n", ProtocolDump.of(relay, config.dialect()));
    }
}
