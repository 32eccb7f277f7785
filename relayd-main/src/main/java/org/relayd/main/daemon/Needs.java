package org.relayd.main.daemon;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.relayd.ir.config.Host;
import org.relayd.ir.config.Redirect;
import org.relayd.ir.config.Router;
import org.relayd.ir.config.Table;
import org.relayd.ir.control.ControlReply.Need;
import org.relayd.ir.control.ControlReply.NeedKind;
import org.relayd.ir.net.IpAddress;
import org.relayd.ir.net.IpFamily;
import org.relayd.ir.net.IpProtocol;
import org.relayd.ir.net.Port;
import org.relayd.ir.plan.Plan;
import org.relayd.ir.plan.RelayNode.TargetSource;
import org.relayd.ir.plan.RelayPath;

/** What the services of a plan need of the machine, for {@code relayctl doctor}. */
public final class Needs {
    private static final String NET_ADMIN = "CAP_NET_ADMIN";
    /** Two for each session: so many are soon there on a machine that serves others. */
    private static final int OPEN_FILES = 4096;
    private static final String ALL = "relayd";

    private final long pid;
    private final Set<Need> needs = new LinkedHashSet<>();

    private Needs(long pid) {
        this.pid = pid;
    }

    /**
     * Returns the needs in the order of redirections, relays and routers, each once.
     *
     * @param pid
     *            process that has the rights to carry the plan out
     */
    public static List<Need> of(Plan plan, long pid) {
        Needs needs = new Needs(pid);
        plan.redirects().redirects().forEach(needs::redirect);
        plan.relays().paths().forEach(needs::relay);
        plan.routes().routers().forEach(needs::router);
        return new ArrayList<>(needs.needs);
    }

    /**
     * Returns what this process, which sessions go through, needs.
     *
     * @param parent
     *            the process that has the rights
     */
    static List<Need> ofThisProcess(long parent) {
        return ofWorker(ProcessHandle.current().pid(), parent);
    }

    /**
     * Returns what the process that sessions go through needs, whatever the plan is.
     *
     * @param pid
     *            this process
     * @param parent
     *            the process that has the rights: this one, or that which keeps this one
     */
    static List<Need> ofWorker(long pid, long parent) {
        Need files = new Need(NeedKind.OPEN_FILES, Integer.toString(OPEN_FILES), ALL, pid);
        return pid == parent ? List.of(files)
                : List.of(files, new Need(NeedKind.WORKER, Long.toString(parent), ALL, pid));
    }

    private void add(NeedKind kind, String detail, String service) {
        needs.add(new Need(kind, detail, service, pid));
    }

    private void redirect(Redirect redirect) {
        String service = "redirect " + redirect.name();
        add(NeedKind.PRIVILEGE, NET_ADMIN, service);
        add(NeedKind.PACKET_FILTER, "relayd/" + redirect.name(), service);
        tables(redirect).flatMap(table -> table.hosts().stream()).map(host -> host.address().family().word())
                .forEach(family -> add(NeedKind.FORWARDING, family, service));
        redirect.listeners().forEach(listener -> {
            add(NeedKind.ROUTED_ADDRESS, listener.address().toString(), service);
            listener.interfaceName().ifPresent(name -> add(NeedKind.INTERFACE, name, service));
        });
        tables(redirect).flatMap(table -> table.routeInterface().stream())
                .forEach(name -> add(NeedKind.INTERFACE, name, service));
        List<IpProtocol> protocols = redirect.listeners().stream().map(Redirect.Listener::protocol).distinct().toList();
        tables(redirect).forEach(table -> table.hosts().forEach(host -> protocols.forEach(
                protocol -> add(NeedKind.PASSED_PORT, port(protocol.name(), host.address(), table.port()), service))));
    }

    private static String port(String protocol, IpAddress address, Port port) {
        return protocol + " " + address + " " + port.number();
    }

    private static Stream<Table> tables(Redirect redirect) {
        return Stream.concat(Stream.of(redirect.table()), redirect.backup().stream());
    }

    private void relay(RelayPath path) {
        String service = "relay " + path.name();
        IpAddress address = path.listen().address();
        boolean diverted = path.select().source() == TargetSource.DESTINATION;
        if (path.connect().transparent() || diverted) {
            add(NeedKind.PRIVILEGE, NET_ADMIN, service);
            add(NeedKind.PACKET_FILTER, "", service);
            add(NeedKind.ANY_PATH, address.family().word(), service);
        }
        if (!diverted) {
            add(NeedKind.ADDRESS, address.toString(), service);
            add(NeedKind.OPEN_PORT, port(path.isDns() ? "udp" : "tcp", address, path.listen().port()), service);
        }
    }

    private void router(Router router) {
        String service = "router " + router.name();
        add(NeedKind.PRIVILEGE, NET_ADMIN, service);
        router.gateways().stream().flatMap(table -> table.hosts().stream()).map(Host::address).map(IpAddress::family)
                .map(IpFamily::word).forEach(family -> add(NeedKind.FORWARDING, family, service));
    }
}
