package org.relayd.ir.plan;

import java.time.Duration;
import java.util.List;
import org.relayd.ir.config.Table;

/**
 * What is checked.
 *
 * @param interval
 *            time between rounds of checks
 * @param tables
 *            all tables in order of their ids, those without check included: relayctl(8) shows them too
 */
public record HealthPlan(Duration interval, List<Table> tables) {

    /** Copies the list. */
    public HealthPlan {
        tables = List.copyOf(tables);
    }
}
