package org.relayd.runtime.parent.door;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.relayd.ir.config.AccessLog;
import org.relayd.ir.config.Filter;
import org.relayd.ir.config.GlobalSettings;
import org.relayd.ir.config.HealthCheck;
import org.relayd.ir.config.Host;
import org.relayd.ir.config.HostId;
import org.relayd.ir.config.Protocol;
import org.relayd.ir.config.Redirect;
import org.relayd.ir.config.RedirectId;
import org.relayd.ir.config.Relay;
import org.relayd.ir.config.RouteId;
import org.relayd.ir.config.RouterId;
import org.relayd.ir.config.Table;
import org.relayd.ir.config.TableId;
import org.relayd.ir.config.TlsSettings;
import org.relayd.ir.image.HostAddress;
import org.relayd.ir.image.KernelImage;
import org.relayd.ir.image.KernelTerms;
import org.relayd.ir.image.RedirectImage;
import org.relayd.ir.image.RouteImage;
import org.relayd.ir.image.RouterImage;
import org.relayd.ir.net.IpAddress;
import org.relayd.ir.net.IpFamily;
import org.relayd.ir.net.IpPrefix;
import org.relayd.ir.net.Port;
import org.relayd.ir.plan.HealthPlan;
import org.relayd.ir.plan.Plan;
import org.relayd.ir.plan.RedirectPlan;
import org.relayd.ir.plan.RelayGraph;
import org.relayd.ir.plan.RelayNode;
import org.relayd.ir.plan.RelayPath;
import org.relayd.ir.plan.RoutePlan;
import org.relayd.ir.term.AccessLogFormat;
import org.relayd.ir.term.Dialect;
import org.relayd.ir.term.SchedulingMode;
import org.relayd.runtime.parent.ListenRequest;
import org.relayd.runtime.relay.Paths;

/** A plan that asks for a bit of everything, as parts that tests can leave out. */
final class DoorPlans {
    static final IpAddress LOOPBACK = IpAddress.parse("127.0.0.1").orElseThrow();
    static final Duration TIMEOUT = Duration.ofMillis(200);
    static final String CERTIFICATE = "/etc/ssl/www.crt";
    static final String KEY = "/etc/ssl/private/www.key";
    static final String STAPLE = "/etc/ssl/www.ocsp";
    static final String AUTHORITY = "/etc/ssl/ca.crt";
    static final String AUTHORITY_KEY = "/etc/ssl/private/ca.key";
    static final String TRUSTED = "/etc/ssl/cert.pem";
    static final HostId SCRIPTED = new HostId(1);
    static final HostId PINGED = new HostId(2);
    static final HostId SPARE = new HostId(3);
    static final HostId GATEWAY = new HostId(4);
    static final RedirectId REDIRECT = new RedirectId(1);
    static final RouterId ROUTER = new RouterId(1);
    static final RouteId ROUTE = new RouteId(1);
    static final String SCRIPT = "/bin/true";

    private final List<RelayPath> relays = new ArrayList<>();
    private final String kernelFile;
    private int prefork = 2;
    private String script = SCRIPT;
    private boolean routed = true;

    /** Begins with tables, a redirection and a router, and without relays. */
    DoorPlans(String kernelFile) {
        this.kernelFile = kernelFile;
    }

    /** Adds a relay. */
    DoorPlans relay(Paths path) {
        relays.add(path.build("r" + relays.size(), relays.size() + 1));
        return this;
    }

    DoorPlans prefork(int loops) {
        prefork = loops;
        return this;
    }

    /** Checks by another script. */
    DoorPlans script(String path) {
        script = path;
        return this;
    }

    /** Leaves redirections and routers out. */
    DoorPlans relaysOnly() {
        routed = false;
        return this;
    }

    /** A relay that looks at HTTP and writes an access log. */
    static Paths logged(int port, String log) {
        return new Paths().port(port).http(
                new Protocol.HttpSettings(8192, false, Optional.of(new AccessLog(log, AccessLogFormat.COMBINED))),
                Optional.empty(), new Filter.Actions(List.of()));
    }

    /** A relay that speaks TLS with its clients. */
    static Paths secure(int port) {
        return new Paths().port(port).tls(TlsSettings.defaults(Dialect.CURRENT),
                new Relay.KeyPairFiles(CERTIFICATE, KEY, Optional.of(STAPLE)));
    }

    /** A relay that inspects TLS. */
    static Paths inspecting(int port) {
        TlsSettings plain = TlsSettings.defaults(Dialect.CURRENT);
        return secure(port).withTls(new TlsSettings(plain.versions(), plain.ciphers(), plain.ecdhe(), plain.edh(),
                plain.serverPreference(), plain.clientRenegotiation(), plain.tickets(), plain.sessionCache(),
                Optional.of(TRUSTED), Optional.of(AUTHORITY),
                Optional.of(new TlsSettings.CaKey(AUTHORITY_KEY, "password")), Optional.empty(), List.of()));
    }

    /** What the listener of a relay is asked for as. */
    static ListenRequest listener(int port) {
        return new ListenRequest(LOOPBACK, new Port(port), Protocol.TcpSettings.defaults(), true, false);
    }

    private static Host host(HostId id, String name, String address) {
        return new Host(id, name, IpAddress.parse(address).orElseThrow(), Optional.empty(), 0, OptionalInt.empty(),
                OptionalInt.empty());
    }

    private static Table table(int id, String name, HealthCheck check, Optional<String> group, Host... hosts) {
        return new Table(new TableId(id), name + ":80", name, new Port(80), true, false, Optional.of(check), TIMEOUT,
                Duration.ofSeconds(10), group, Optional.empty(), List.of(hosts), Table.Leftovers.none());
    }

    Plan build() {
        Table scripted = table(1, "scripted", new HealthCheck.Script(script), Optional.of("carp"),
                host(SCRIPTED, "www.example.com", "192.0.2.1"));
        Table pinged = table(2, "pinged", new HealthCheck.Icmp(), Optional.empty(),
                host(PINGED, "192.0.2.2", "192.0.2.2"));
        Table spare = table(3, "spare", new HealthCheck.TcpConnect(), Optional.empty(),
                host(SPARE, "192.0.2.3", "192.0.2.3"));
        Redirect redirect = new Redirect(REDIRECT, "web", false, true, Optional.empty(), false, false, new Port(80),
                pinged, Optional.of(spare), SchedulingMode.ROUNDROBIN, Optional.empty(), Duration.ofMinutes(10),
                List.of());
        RouterImage router = new RouterImage(ROUTER, "uplinks", false, 0, Optional.empty(), IpFamily.INET,
                List.of(new RouterImage.Destination(ROUTE, new IpPrefix(IpAddress.parse("0.0.0.0").orElseThrow(), 0))),
                List.of(new RouterImage.Gateway(GATEWAY, "192.0.2.4", IpAddress.parse("192.0.2.4").orElseThrow(),
                        OptionalInt.empty())));
        List<RedirectImage> images = List.of(new RedirectImage(REDIRECT, "web",
                List.of(new HostAddress(PINGED, IpAddress.parse("192.0.2.2").orElseThrow()),
                        new HostAddress(SPARE, IpAddress.parse("192.0.2.3").orElseThrow()))));
        return new Plan(Dialect.CURRENT,
                new GlobalSettings(Duration.ofSeconds(10), TIMEOUT, prefork,
                        new GlobalSettings.LogSettings(false, false, GlobalSettings.ConnectionLog.NONE),
                        Optional.empty(), Optional.empty()),
                new HealthPlan(Duration.ofSeconds(10), List.of(scripted, pinged, spare), List.of()),
                new RedirectPlan(routed ? List.of(redirect) : List.of(), false),
                new RoutePlan(List.of(), new RouteImage(routed ? List.of(router) : List.of())),
                new RelayGraph(prefork, relays),
                KernelTerms.wholly(new KernelImage.Recorded(kernelFile, routed ? images : List.of())));
    }

    /** A path through which connections go to where their clients meant to. */
    static Paths from(RelayNode.TargetSource source, int port) {
        return new Paths().port(port).source(source);
    }
}
