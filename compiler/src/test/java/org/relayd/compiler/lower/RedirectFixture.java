package org.relayd.compiler.lower;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.relayd.ir.config.CheckedConfig;
import org.relayd.ir.config.GlobalSettings;
import org.relayd.ir.config.GlobalSettings.ConnectionLog;
import org.relayd.ir.config.GlobalSettings.LogSettings;
import org.relayd.ir.config.HashKey;
import org.relayd.ir.config.HealthCheck;
import org.relayd.ir.config.Host;
import org.relayd.ir.config.HostId;
import org.relayd.ir.config.Redirect;
import org.relayd.ir.config.Redirect.Listener;
import org.relayd.ir.config.RedirectId;
import org.relayd.ir.config.Router;
import org.relayd.ir.config.Table;
import org.relayd.ir.config.TableId;
import org.relayd.ir.net.IpAddress;
import org.relayd.ir.net.IpProtocol;
import org.relayd.ir.net.Port;
import org.relayd.ir.net.PortRange;
import org.relayd.ir.term.Dialect;
import org.relayd.ir.term.SchedulingMode;

/** A redirection as the checker would deliver it, put together by the words of a test. */
public final class RedirectFixture {
    private final String name;
    private final List<Listener> listeners = new ArrayList<>();
    private List<String> hosts = List.of("10.0.0.11", "10.0.0.12");
    private List<String> backup = List.of();
    private OptionalInt tablePort = OptionalInt.empty();
    private Optional<String> routeInterface = Optional.empty();
    private SchedulingMode mode = SchedulingMode.ROUNDROBIN;
    private Optional<HashKey> key = Optional.empty();
    private Optional<String> tag = Optional.empty();
    private long timeout = 600;
    private boolean disabled;
    private boolean sticky;
    private boolean match;
    private boolean pflog;
    private int id = 1;
    private int firstHost = 1;

    private RedirectFixture(String name) {
        this.name = name;
    }

    public static RedirectFixture redirect(String name) {
        return new RedirectFixture(name);
    }

    /** Adds a listen line; the last one comes first, as the checker stores them. */
    public RedirectFixture listen(String address, String protocol, String ports, String... interfaceName) {
        String[] range = ports.split(":", -1);
        Port first = new Port(Integer.parseInt(range[0]));
        PortRange parsed = range.length == 1 ? PortRange.single(first)
                : new PortRange(first, new Port(Integer.parseInt(range[1])), true);
        listeners.addFirst(new Listener(IpAddress.parse(address).orElseThrow(), new IpProtocol(protocol), parsed,
                Arrays.stream(interfaceName).findFirst()));
        return this;
    }

    public RedirectFixture listen(String address, String ports) {
        return listen(address, "tcp", ports);
    }

    public RedirectFixture hosts(String... addresses) {
        hosts = List.of(addresses);
        return this;
    }

    public RedirectFixture backup(String... addresses) {
        backup = List.of(addresses);
        return this;
    }

    public RedirectFixture tablePort(int port) {
        tablePort = OptionalInt.of(port);
        return this;
    }

    public RedirectFixture routeTo(String interfaceName) {
        routeInterface = Optional.of(interfaceName);
        return this;
    }

    public RedirectFixture mode(SchedulingMode value) {
        mode = value;
        return this;
    }

    public RedirectFixture key(String text) {
        key = Optional.of(new HashKey(text, text.startsWith("0x")));
        return this;
    }

    public RedirectFixture tag(String value) {
        tag = Optional.of(value);
        return this;
    }

    public RedirectFixture matchTag(String value) {
        match = true;
        return tag(value);
    }

    public RedirectFixture timeout(long seconds) {
        timeout = seconds;
        return this;
    }

    public RedirectFixture sticky() {
        sticky = true;
        return this;
    }

    public RedirectFixture pflog() {
        pflog = true;
        return this;
    }

    public RedirectFixture disabled() {
        disabled = true;
        return this;
    }

    /** Sets the ids that the redirection and the first host of its main table get. */
    public RedirectFixture ids(int redirect, int host) {
        id = redirect;
        firstHost = host;
        return this;
    }

    public Redirect build() {
        Port first = listeners.getLast().ports().first();
        Table main = table(id * 2 - 1, "h", hosts, firstHost, first);
        Optional<Table> second = backup.isEmpty() ? Optional.empty()
                : Optional.of(table(id * 2, "b", backup, firstHost + hosts.size(), first));
        return new Redirect(new RedirectId(id), name, disabled, sticky, tag, match, pflog, first, main, second, mode,
                key, Duration.ofSeconds(timeout), listeners);
    }

    private Table table(int number, String template, List<String> addresses, int host, Port first) {
        Port port = tablePort.isPresent() ? new Port(tablePort.getAsInt()) : first;
        List<Host> members = new ArrayList<>();
        for (String address : addresses) {
            members.add(new Host(new HostId(host + members.size()), address, IpAddress.parse(address).orElseThrow(),
                    Optional.empty(), 0, OptionalInt.empty(), OptionalInt.empty()));
        }
        return new Table(new TableId(number), template + ":" + port, template, port, tablePort.isPresent(), false,
                Optional.of(new HealthCheck.TcpConnect()), Duration.ofMillis(200), Duration.ofSeconds(10),
                Optional.empty(), routeInterface, members, Table.Leftovers.none());
    }

    /** Returns a configuration with these redirections and nothing else. */
    public static CheckedConfig config(Redirect... redirects) {
        return config(List.of(redirects), List.of());
    }

    public static CheckedConfig config(List<Redirect> redirects, List<Router> routers) {
        GlobalSettings globals = new GlobalSettings(Duration.ofSeconds(10), Duration.ofMillis(200), 3,
                new LogSettings(false, false, ConnectionLog.NONE), Optional.empty(), Optional.empty());
        return new CheckedConfig(Dialect.CURRENT, globals, List.of(), List.of(), redirects, List.of(), List.of(),
                routers);
    }
}
