package org.relayd.compiler.check.table;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.relayd.compiler.check.table.TableTemplate.HostTemplate;
import org.relayd.ir.config.Host;
import org.relayd.ir.config.HostId;
import org.relayd.ir.config.Table;
import org.relayd.ir.config.TableId;
import org.relayd.ir.net.IpAddress;
import org.relayd.ir.net.Port;
import org.relayd.ir.source.Span;

/** A use of a table while the file is checked: what only the end of the file decides is still open. */
public final class DerivedTable {
    private final TableId id;
    private final TableTemplate template;
    private final TableSettings settings;
    private final Span place;
    private final int firstHost;
    private Optional<String> routeInterface = Optional.empty();
    private boolean used;

    DerivedTable(TableId id, TableTemplate template, TableSettings settings, Span place, int firstHost) {
        this.id = id;
        this.template = template;
        this.settings = settings;
        this.place = place;
        this.firstHost = firstHost;
    }

    /** Returns {@code NAME:PORT}. */
    public String name() {
        return settings.name();
    }

    /** Returns the port of the hosts. */
    public Port port() {
        return settings.port();
    }

    /** Returns whether the hosts are checked. */
    public boolean hasCheck() {
        return settings.check().check().isPresent();
    }

    /** Returns how many hosts there are. */
    public int size() {
        return template.hosts().size();
    }

    /** Returns the addresses of the hosts in their order. */
    public List<IpAddress> addresses() {
        return template.hosts().stream().map(HostTemplate::address).toList();
    }

    /** Returns where the use is written. */
    public Span place() {
        return place;
    }

    /** Notes that a section took the table. */
    public void use() {
        used = true;
    }

    boolean isUsed() {
        return used;
    }

    void routeTo(String interfaceName) {
        routeInterface = Optional.of(interfaceName);
    }

    TableTemplate template() {
        return template;
    }

    TableSettings settings() {
        return settings;
    }

    /** Returns the milliseconds of one check. */
    long timeout() {
        return settings.timeout() == 0 ? template.timeout() : settings.timeout();
    }

    int firstHost() {
        return firstHost;
    }

    /**
     * Returns the finished table.
     *
     * @param interval
     *            global interval at the end of the file, seconds
     */
    Table finish(long interval) {
        List<Host> hosts = new ArrayList<>(template.hosts().size());
        int number = firstHost;
        for (HostTemplate host : template.hosts()) {
            TableTemplate.HostOptions options = host.options();
            Optional<HostId> parent = options.parent() == 0 ? Optional.empty()
                    : Optional.of(new HostId(options.parent()));
            hosts.add(new Host(new HostId(number++), host.name(), host.address(), parent, options.retry(),
                    options.ttl(), options.priority()));
        }
        return new Table(id, settings.name(), template.name().value(), settings.port(), settings.explicitPort(),
                template.disabled(), settings.check().check(), Duration.ofMillis(timeout()),
                Duration.ofSeconds((settings.skip() + 1) * interval), settings.demoteGroup(), routeInterface, hosts,
                settings.check().leftovers());
    }
}
