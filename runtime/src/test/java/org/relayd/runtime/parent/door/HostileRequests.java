package org.relayd.runtime.parent.door;

import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.relayd.ir.config.HostId;
import org.relayd.ir.config.Protocol.TcpSettings;
import org.relayd.ir.config.RedirectId;
import org.relayd.ir.config.RouteId;
import org.relayd.ir.config.RouterId;
import org.relayd.ir.net.IpAddress;
import org.relayd.ir.net.IpFamily;
import org.relayd.ir.net.Port;
import org.relayd.runtime.parent.ListenRequest;
import org.relayd.runtime.parent.ScriptRun;
import org.relayd.runtime.parent.message.Request;
import org.relayd.runtime.platform.FilterOperation;
import org.relayd.runtime.platform.RouteOperation;
import org.relayd.runtime.tls.OctetString;

/** What a worker might ask for that somebody has taken over. Each one is outside of the configuration of the test. */
final class HostileRequests {
    private static final OctetString DER = new OctetString(new byte[]{0x30, 0});
    private static final InetSocketAddress ANYWHERE = new InetSocketAddress("203.0.113.5", 22);

    private final int port;
    private final int dns;
    private final String script;
    private final Path folder;
    private final List<Attempt> attempts = new ArrayList<>();

    /** A request, and what it would be good for. */
    record Attempt(String purpose, Request request) {}

    private HostileRequests(int port, int dns, String script, Path folder) {
        this.port = port;
        this.dns = dns;
        this.script = script;
        this.folder = folder;
    }

    /**
     * Returns all.
     *
     * @param port
     *            where a relay listens
     * @param dns
     *            where a relay of DNS listens
     * @param script
     *            a check script
     * @param folder
     *            of access log and control socket
     */
    static List<Attempt> all(int port, int dns, String script, Path folder) {
        HostileRequests requests = new HostileRequests(port, dns, script, folder);
        requests.sockets();
        requests.checks();
        requests.files();
        requests.keys();
        requests.redirections();
        requests.routesAndDemotions();
        return requests.attempts;
    }

    private void add(String purpose, Request request) {
        attempts.add(new Attempt(purpose, request));
    }

    private static IpAddress address(String text) {
        return IpAddress.parse(text).orElseThrow();
    }

    private void listen(String purpose, String address, int at, TcpSettings tcp, boolean diverted) {
        add(purpose, new Request.Listen(new ListenRequest(address(address), new Port(at), tcp, true, diverted)));
    }

    private void sockets() {
        TcpSettings plain = TcpSettings.defaults();
        listen("listener on another port", "127.0.0.1", 25, plain, false);
        listen("listener on any free port", "127.0.0.1", 0, plain, false);
        listen("listener on all addresses", "0.0.0.0", port, plain, false);
        listen("listener on all addresses of IPv6", "::", port, plain, false);
        listen("listener that hides behind IPv6", "::ffff:127.0.0.1", port + 1, plain, false);
        listen("listener that takes connections to other machines", "127.0.0.1", port, plain, true);
        listen("listener with another backlog", "127.0.0.1", port, new TcpSettings(Optional.empty(), Optional.empty(),
                true, OptionalInt.empty(), OptionalInt.of(1), OptionalInt.empty(), OptionalInt.empty()), false);
        listen("listener with huge buffers", "127.0.0.1", port, new TcpSettings(Optional.empty(), Optional.empty(),
                true, OptionalInt.of(1 << 30), OptionalInt.empty(), OptionalInt.empty(), OptionalInt.empty()), false);
        listen("third listener of two event loops", "127.0.0.1", port, plain, false);
        listen("fourth listener of two event loops", "127.0.0.1", port, plain, false);
        listen("TCP where DNS is relayed", "127.0.0.1", dns, plain, false);
        add("probe of other ports", new Request.Probe(DoorPlans.listener(22)));
        add("UDP on another port", new Request.BindDatagram(DoorPlans.LOOPBACK, new Port(67)));
        add("UDP on another address", new Request.BindDatagram(address("0.0.0.0"), new Port(dns)));
        add("UDP where connections are relayed", new Request.BindDatagram(DoorPlans.LOOPBACK, new Port(port)));
        add("UDP a second time", new Request.BindDatagram(DoorPlans.LOOPBACK, new Port(dns)));
        add("connections from the address of another machine", new Request.OpenForeign(address("198.51.100.1")));
        add("the same over IPv6", new Request.OpenForeign(address("2001:db8::1")));
        add("whom others speak to", new Request.NatLookup(ANYWHERE, ANYWHERE));
    }

    private void script(String purpose, String path, String host, Duration timeout) {
        add(purpose, new Request.RunScript(new ScriptRun(path, host, timeout)));
    }

    private void checks() {
        add("raw socket of IPv6", new Request.OpenEcho(IpFamily.INET6));
        script("another program", "/bin/sh", "www.example.com", DoorPlans.TIMEOUT);
        script("another program by way of the script's folder", folder + "/../../bin/sh", "www.example.com",
                DoorPlans.TIMEOUT);
        script("the script by another name", folder + "/./" + Path.of(script).getFileName(), "www.example.com",
                DoorPlans.TIMEOUT);
        script("the script for another host", script, "--help", DoorPlans.TIMEOUT);
        script("the script for a host that is checked in another way", script, "192.0.2.2", DoorPlans.TIMEOUT);
        script("the script for ever", script, "www.example.com", Duration.ofDays(1));
        script("the script with no time", script, "www.example.com", Duration.ZERO);
        script("a script with lines for the log", "/bin/sh\nrelayd: host 192.0.2.1 up", "x", DoorPlans.TIMEOUT);
    }

    private void files() {
        add("control socket elsewhere", new Request.ListenControl("/etc/cron.d/relayd"));
        add("control socket by another name", new Request.ListenControl(folder + "/./control.sock"));
        add("removal of any file", new Request.RemoveControl("/etc/passwd", "(dev=1,ino=1)"));
        add("removal of the control socket of another", new Request.RemoveControl(folder + "/control.sock", "x"));
        add("lines at the end of any file", new Request.OpenLog("/etc/passwd"));
        add("lines in a file beside the log", new Request.OpenLog(folder + "/access.log/../precious"));
        add("lines in a device", new Request.OpenLog("/dev/sda"));
        add("any file as a log after a rotation", new Request.FollowLog("/etc/crontab", ""));
        add("removal of any empty file", new Request.DiscardLog("/etc/nologin"));
    }

    private void keys() {
        add("passwords as a certificate", new Request.ReadPublic("/etc/shadow"));
        add("a key as a certificate", new Request.ReadPublic(DoorPlans.KEY));
        add("a certificate by another name", new Request.ReadPublic("/etc/ssl/../ssl/www.crt"));
        add("memory of the parent as a certificate", new Request.ReadPublic("/proc/self/mem"));
        add("another key", new Request.OpenKey("/etc/ssh/ssh_host_rsa_key", DER));
        add("a certificate as a key", new Request.OpenKey(DoorPlans.CERTIFICATE, DER));
        add("a key as an authority", new Request.OpenAuthority(DoorPlans.KEY, DER));
        add("an authority where none inspects", new Request.OpenAuthority(DoorPlans.AUTHORITY_KEY, DER));
        add("a certificate for any name", new Request.SignLeaf(1, DER));
    }

    private void filter(String purpose, FilterOperation... round) {
        add(purpose, new Request.ApplyFilter(List.of(round)));
    }

    private void redirections() {
        filter("rules before any redirection is open", new FilterOperation.LoadRules(DoorPlans.REDIRECT));
        add("counters before any redirection is open", new Request.CountConnections());
        add("balance before any redirection is open", new Request.RebalanceFilter());
        add("redirections of a plan that was never given", new Request.OpenFilter(2, false));
        add("redirections of a plan before the first", new Request.OpenFilter(0, true));
        add("redirections of no plan", new Request.OpenFilter(-1, false));
    }

    private void routes(String purpose, RouteOperation... round) {
        add(purpose, new Request.ApplyRoutes(List.of(round)));
    }

    private void routesAndDemotions() {
        routes("a route before any router is open",
                new RouteOperation.Add(DoorPlans.ROUTER, DoorPlans.ROUTE, DoorPlans.GATEWAY));
        add("a look at routes before any router is open", new Request.RepairRoutes());
        add("routers of a plan that was never given", new Request.OpenRoutes(7, false));
        add("demotion of another group", new Request.OpenDemotion(Set.of("carp", "egress")));
        add("demotion before any group is open", new Request.ChangeDemotion("carp", 1));
        add("a look at demotions before any group is open", new Request.RepairDemotion());
        add("the footprint with another group", new Request.SetFootprint(Set.of("egress"), 1, false));
        add("the footprint of a plan that was never given", new Request.SetFootprint(Set.of(), 2, false));
        add("a first plan a second time", new Request.First());
    }

    /** Returns what is outside of the configuration though redirections, routers and groups are open. */
    static List<Attempt> onOpenKernel() {
        HostileRequests requests = new HostileRequests(0, 0, "", Path.of("/"));
        requests.opened();
        return requests.attempts;
    }

    private void opened() {
        FilterOperation load = new FilterOperation.LoadRules(DoorPlans.REDIRECT);
        filter("rules of an unknown redirection", new FilterOperation.LoadRules(new RedirectId(2)));
        filter("an unknown redirection among known ones", load, new FilterOperation.FlushHosts(new RedirectId(2)));
        filter("clients sent to a host of another table",
                new FilterOperation.SetHosts(DoorPlans.REDIRECT, List.of(DoorPlans.SCRIPTED)));
        filter("clients sent to an unknown host",
                new FilterOperation.SetHosts(DoorPlans.REDIRECT, List.of(new HostId(99))));
        filter("clients of an unknown host forgotten",
                new FilterOperation.ForgetClients(DoorPlans.REDIRECT, new HostId(99)));
        routes("a route of an unknown router",
                new RouteOperation.Add(new RouterId(2), DoorPlans.ROUTE, DoorPlans.GATEWAY));
        routes("an unknown route", new RouteOperation.Delete(DoorPlans.ROUTER, new RouteId(2), DoorPlans.GATEWAY));
        routes("a route to a host of a table",
                new RouteOperation.Add(DoorPlans.ROUTER, DoorPlans.ROUTE, DoorPlans.PINGED));
        add("demotion of a group that is not open", new Request.ChangeDemotion("egress", 1));
        add("demotion by more than one", new Request.ChangeDemotion("carp", 100));
        add("demotion by nothing", new Request.ChangeDemotion("carp", 0));
        add("demotion below nothing", new Request.ChangeDemotion("carp", -1));
    }
}
