package org.relayd.compiler.lower;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.relayd.ir.config.CheckedConfig;
import org.relayd.ir.config.Relay;
import org.relayd.ir.config.TableId;
import org.relayd.ir.plan.HealthPlan;
import org.relayd.ir.term.ProxyProtocol;

/** Tables as what is checked. relayd.conf(5): TABLES. */
public final class HealthLowering {
    private HealthLowering() {}

    /** Lowers all tables, those without check too: relayctl(8) shows them. */
    public static HealthPlan lower(CheckedConfig config) {
        return new HealthPlan(config.globals().interval(), config.tables(), proxied(config));
    }

    /** A host that serves relays of both kinds has to know the header, so that one relay is enough to send it. */
    private static List<HealthPlan.Proxied> proxied(CheckedConfig config) {
        Map<TableId, ProxyProtocol> proxied = new LinkedHashMap<>();
        for (Relay relay : config.relays()) {
            relay.forward().proxyProtocol().ifPresent(version -> relay.forward().tables()
                    .forEach(use -> proxied.putIfAbsent(use.table().id(), version)));
        }
        return proxied.entrySet().stream().map(one -> new HealthPlan.Proxied(one.getKey(), one.getValue())).toList();
    }
}
