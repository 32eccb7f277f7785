package org.relayd.runtime.relay;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.relayd.ir.config.Filter;
import org.relayd.ir.config.HashKey;
import org.relayd.ir.config.Host;
import org.relayd.ir.config.HostId;
import org.relayd.ir.config.Protocol;
import org.relayd.ir.config.Relay;
import org.relayd.ir.config.RelayId;
import org.relayd.ir.config.RelayTable;
import org.relayd.ir.config.Table;
import org.relayd.ir.config.TableId;
import org.relayd.ir.config.TlsSettings;
import org.relayd.ir.net.IpAddress;
import org.relayd.ir.net.Port;
import org.relayd.ir.plan.RelayNode;
import org.relayd.ir.plan.RelayPath;
import org.relayd.ir.term.ProxyProtocol;
import org.relayd.ir.term.SchedulingMode;
import org.relayd.runtime.FreePorts;

/** Builds relay paths for tests: a listener on a free loopback port, tables or a fixed target, an inspection. */
public final class Paths {
    private static final IpAddress LOOPBACK = IpAddress.of(new byte[]{127, 0, 0, 1});

    private int port = FreePorts.next();
    private final List<RelayTable> tables = new ArrayList<>();
    private Optional<Relay.TargetAddress> fallback = Optional.empty();
    private RelayNode.Inspect inspect = new RelayNode.Inspect.Copy();
    private Duration timeout = Duration.ofMinutes(10);
    private Protocol.TcpSettings tcp = Protocol.TcpSettings.defaults();
    private boolean disabled;
    private Optional<ProxyProtocol> proxy = Optional.empty();
    private Optional<Relay.Mapping> mapping = Optional.empty();
    private Optional<HashKey> key = Optional.empty();
    private RelayNode.TargetSource source = RelayNode.TargetSource.CONFIGURED;
    private boolean transparent;
    private Optional<RelayNode.ServerTls> clientTls = Optional.empty();
    private Optional<TlsSettings> targetTls = Optional.empty();

    /** The port of the listener. */
    public int port() {
        return port;
    }

    /** Listens on a port that need not be free. */
    public Paths port(int number) {
        port = number;
        return this;
    }

    /** Sets the length of the accept queue. */
    public Paths backlog(int length) {
        tcp = new Protocol.TcpSettings(tcp.nodelay(), tcp.sack(), tcp.splice(), tcp.socketBuffer(),
                OptionalInt.of(length), tcp.ttl(),
                tcp.minTtl());
        return this;
    }

    /** Sends sessions to a fixed port of this machine. */
    public Paths to(int targetPort) {
        fallback = Optional.of(new Relay.TargetAddress("127.0.0.1", LOOPBACK, new Port(targetPort)));
        return this;
    }

    /** Adds a table with one host for each address, all with one port. */
    public Paths table(String name, int targetPort, SchedulingMode mode, String... addresses) {
        List<Host> hosts = new ArrayList<>();
        for (String address : addresses) {
            hosts.add(host(hosts.size() + 1, address, IpAddress.parse(address).orElseThrow()));
        }
        return table(name, targetPort, hosts, mode);
    }

    private Paths table(String name, int targetPort, List<Host> hosts, SchedulingMode mode) {
        Table table = new Table(new TableId(tables.size() + 1), name + ":" + targetPort, name, new Port(targetPort),
                true, false, Optional.empty(), Duration.ofMillis(200),
                Duration.ofSeconds(10), Optional.empty(), Optional.empty(), hosts, Table.Leftovers.none());
        tables.add(new RelayTable(table, mode, !tables.isEmpty()));
        return this;
    }

    /** Adds a table of one host on this machine that has a name. */
    public Paths named(String table, int targetPort, String name) {
        return table(table, targetPort, List.of(host(1, name, LOOPBACK)), SchedulingMode.ROUNDROBIN);
    }

    private static Host host(int id, String name, IpAddress address) {
        return new Host(new HostId(id), name, address, Optional.empty(), 0, OptionalInt.empty(), OptionalInt.empty());
    }

    /** Looks at HTTP. */
    public Paths http(Protocol.HttpSettings settings, Optional<Protocol.ErrorPages> errors, Filter filter) {
        inspect = new RelayNode.Inspect.Http("test", settings, errors, filter);
        return this;
    }

    /** Relays DNS. */
    public Paths dns() {
        inspect = new RelayNode.Inspect.Dns("test");
        return this;
    }

    /** Sets the session timeout. */
    public Paths timeout(Duration idle) {
        timeout = idle;
        return this;
    }

    /** Sets the TCP settings. */
    public Paths tcp(Protocol.TcpSettings settings) {
        tcp = settings;
        return this;
    }

    /** Lets the kernel copy or not. */
    public Paths splice(boolean on) {
        tcp = new Protocol.TcpSettings(tcp.nodelay(), tcp.sack(), on, tcp.socketBuffer(), tcp.backlog(), tcp.ttl(),
                tcp.minTtl());
        return this;
    }

    /** Closes clients at once. */
    public Paths disabled() {
        disabled = true;
        return this;
    }

    /** Sends a PROXY header. */
    public Paths proxy(ProxyProtocol version) {
        proxy = Optional.of(version);
        return this;
    }

    /** Maps the address family. */
    public Paths mapping(Relay.Mapping change) {
        mapping = Optional.of(change);
        return this;
    }

    /** Sets the key of hashing modes. */
    public Paths key(String text) {
        key = Optional.of(new HashKey(text, false));
        return this;
    }

    /** Takes targets from there before any other. */
    public Paths source(RelayNode.TargetSource from) {
        source = from;
        return this;
    }

    /** Connects with the client's address. */
    public Paths transparent() {
        transparent = true;
        return this;
    }

    /** Speaks TLS with clients. */
    public Paths tls(TlsSettings settings, Relay.KeyPairFiles... files) {
        clientTls = Optional.of(new RelayNode.ServerTls(settings, List.of(files)));
        return this;
    }

    /** Speaks TLS with targets. */
    public Paths withTls(TlsSettings settings) {
        targetTls = Optional.of(settings);
        return this;
    }

    /** The path. */
    public RelayPath build(String name, int id) {
        return new RelayPath(new RelayId(id), name, timeout,
                new RelayNode.Listen(LOOPBACK, new Port(port), tcp, clientTls, disabled), inspect,
                new RelayNode.Select(tables, fallback, source, 0, key),
                new RelayNode.Connect(targetTls, transparent, mapping, proxy, tcp));
    }
}
