package org.relayd.compiler.check.table;

import java.util.Optional;
import org.relayd.ir.net.Port;

/**
 * What a forward line says about its table. Two lines with equal settings can share a table.
 *
 * @param name
 *            {@code NAME:PORT}
 * @param port
 *            port of the hosts
 * @param explicitPort
 *            whether the line names the port
 * @param check
 *            the check and what earlier ones left
 * @param timeout
 *            milliseconds of one check; 0 for the timeout of the definition
 * @param skip
 *            rounds of checks that are skipped between two checks of this table
 * @param demoteGroup
 *            interface group that is demoted while all hosts are down
 */
record TableSettings(String name, Port port, boolean explicitPort, CheckSettings.Compared check, long timeout,
        long skip,
        Optional<String> demoteGroup) {

    TableSettings withTimeout(long milliseconds) {
        return new TableSettings(name, port, explicitPort, check, milliseconds, skip, demoteGroup);
    }
}
