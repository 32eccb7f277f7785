package org.relayd.compiler.lower;

import org.relayd.ir.config.CheckedConfig;
import org.relayd.ir.plan.HealthPlan;

/** Tables as what is checked. relayd.conf(5): TABLES. */
public final class HealthLowering {
    private HealthLowering() {}

    /** Lowers all tables, those without check too: relayctl(8) shows them. */
    public static HealthPlan lower(CheckedConfig config) {
        return new HealthPlan(config.globals().interval(), config.tables());
    }
}
