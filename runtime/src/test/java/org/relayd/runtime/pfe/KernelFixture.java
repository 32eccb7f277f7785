package org.relayd.runtime.pfe;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.relayd.ir.config.HealthCheck;
import org.relayd.ir.config.Host;
import org.relayd.ir.config.HostId;
import org.relayd.ir.config.Redirect;
import org.relayd.ir.config.Redirect.Listener;
import org.relayd.ir.config.RedirectId;
import org.relayd.ir.config.RouteId;
import org.relayd.ir.config.Router;
import org.relayd.ir.config.RouterId;
import org.relayd.ir.config.Table;
import org.relayd.ir.config.TableId;
import org.relayd.ir.image.HostAddress;
import org.relayd.ir.image.KernelImage;
import org.relayd.ir.image.RedirectImage;
import org.relayd.ir.image.RouteImage;
import org.relayd.ir.image.RouterImage;
import org.relayd.ir.net.IpAddress;
import org.relayd.ir.net.IpFamily;
import org.relayd.ir.net.IpPrefix;
import org.relayd.ir.net.IpProtocol;
import org.relayd.ir.net.Port;
import org.relayd.ir.net.PortRange;
import org.relayd.ir.plan.RedirectPlan;
import org.relayd.ir.plan.RoutePlan;
import org.relayd.ir.term.CheckResult;
import org.relayd.ir.term.HostState;
import org.relayd.ir.term.SchedulingMode;
import org.relayd.runtime.HealthEvent;

/** Small plans and the events that drive them. */
final class KernelFixture {
    static final Table MAIN = table(1, "web:80", Optional.empty(), 1, "10.0.0.1", "10.0.0.2");
    static final Table BACKUP = table(2, "sorry:80", Optional.empty(), 3, "10.0.0.3");
    static final Table GATEWAYS = table(3, "gw:65535", Optional.of("carp"), 4, "10.0.1.1", "10.0.1.2");

    private KernelFixture() {}

    static Table table(int id, String name, Optional<String> demoteGroup, int firstHost, String... addresses) {
        List<Host> hosts = new ArrayList<>();
        for (String address : addresses) {
            hosts.add(new Host(new HostId(firstHost + hosts.size()), address, IpAddress.parse(address).orElseThrow(),
                    Optional.empty(), 0, OptionalInt.empty(), OptionalInt.empty()));
        }
        return new Table(new TableId(id), name, name, new Port(80), false, false,
                Optional.of(new HealthCheck.TcpConnect()), Duration.ofMillis(200), Duration.ofSeconds(10), demoteGroup,
                Optional.empty(), hosts, Table.Leftovers.none());
    }

    static Redirect redirect(boolean sticky, boolean disabled) {
        return new Redirect(new RedirectId(1), "www", disabled, sticky, Optional.empty(), false, false, new Port(80),
                MAIN, Optional.of(BACKUP), SchedulingMode.ROUNDROBIN, Optional.empty(), Duration.ofMinutes(10),
                List.of(new Listener(IpAddress.parse("192.0.2.1").orElseThrow(), IpProtocol.TCP,
                        PortRange.single(new Port(80)), Optional.empty())));
    }

    static KernelPlan filter(Redirect redirect) {
        return new KernelPlan(new RedirectPlan(List.of(redirect), false),
                new KernelImage.Unheeded(List.of(image(redirect))),
                RoutePlan.nothing(), List.of(MAIN, BACKUP), true);
    }

    private static RedirectImage image(Redirect redirect) {
        return new RedirectImage(redirect.id(), redirect.name(),
                Stream.of(redirect.table(), redirect.backup().orElseThrow()).flatMap(table -> table.hosts().stream())
                        .map(host -> new HostAddress(host.id(), host.address())).toList());
    }

    static KernelPlan routes() {
        Router router = new Router(new RouterId(1), "uplinks", false, Optional.of(GATEWAYS), 3, Optional.of("wan"),
                IpFamily.INET, List.of(route(1, "0.0.0.0", 0), route(2, "203.0.113.0", 24)));
        return new KernelPlan(RedirectPlan.nothing(), new KernelImage.Unheeded(List.of()),
                new RoutePlan(List.of(router), new RouteImage(List.of(image(router)))), List.of(GATEWAYS), true);
    }

    private static RouterImage image(Router router) {
        return new RouterImage(router.id(), router.name(), router.disabled(), router.rtable(), router.label(),
                router.family(),
                router.routes().stream().map(route -> new RouterImage.Destination(route.id(), route.destination()))
                        .toList(),
                GATEWAYS.hosts().stream()
                        .map(host -> new RouterImage.Gateway(host.id(), host.name(), host.address(), host.priority()))
                        .toList());
    }

    private static Router.Route route(int id, String address, int length) {
        return new Router.Route(new RouteId(id), new IpPrefix(IpAddress.parse(address).orElseThrow(), length));
    }

    static HealthEvent up(Table table, int index) {
        return checked(table, index, HostState.UP);
    }

    static HealthEvent down(Table table, int index) {
        return checked(table, index, HostState.DOWN);
    }

    private static HealthEvent checked(Table table, int index, HostState state) {
        return new HealthEvent.HostChecked(table, table.hosts().get(index), HostState.UNKNOWN, state,
                CheckResult.TCP_CONNECT_OK);
    }
}
