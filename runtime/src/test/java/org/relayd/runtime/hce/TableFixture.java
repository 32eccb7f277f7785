package org.relayd.runtime.hce;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.relayd.ir.config.HealthCheck;
import org.relayd.ir.config.Host;
import org.relayd.ir.config.HostId;
import org.relayd.ir.config.Table;
import org.relayd.ir.config.TableId;
import org.relayd.ir.net.IpAddress;
import org.relayd.ir.net.Port;
import org.relayd.ir.plan.HealthPlan;

/** Plans for tests, written shortly. */
public final class TableFixture {
    private int nextHost = 1;
    private int nextTable = 1;
    private final List<Table> tables = new ArrayList<>();

    /** Returns the plan of the tables so far, with an interval of 10 s. */
    public HealthPlan plan() {
        return new HealthPlan(Duration.ofSeconds(10), tables, List.of());
    }

    /** Adds a table {@code web:80} that is checked over TCP. */
    public Table web(Host... hosts) {
        return table("web", Optional.of(new HealthCheck.TcpConnect()), Duration.ofSeconds(10), hosts);
    }

    /** Adds a table with port 80. */
    public Table table(String name, Optional<HealthCheck> check, Duration interval, Host... hosts) {
        return table(name, 80, check, interval, hosts);
    }

    /** Adds a table. */
    public Table table(String name, int port, Optional<HealthCheck> check, Duration interval, Host... hosts) {
        Table table = new Table(new TableId(nextTable++), name + ":" + port, name, new Port(port), true, false, check,
                Duration.ofMillis(200), interval, Optional.empty(), Optional.empty(), List.of(hosts),
                Table.Leftovers.none());
        tables.add(table);
        return table;
    }

    /** Makes the next host, at 10.0.0.ID up to 249. */
    public Host host() {
        return host(0, Optional.empty());
    }

    /** Makes the next host. */
    public Host host(int retry, Optional<HostId> parent) {
        int id = nextHost++;
        return host(new HostId(id), "10.0." + id / 250 + "." + id % 250, retry, parent);
    }

    /** Makes a host. */
    public static Host host(HostId id, String address, int retry, Optional<HostId> parent) {
        return new Host(id, address, IpAddress.parse(address).orElseThrow(), parent, retry, OptionalInt.empty(),
                OptionalInt.empty());
    }
}
