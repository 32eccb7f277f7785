package org.relayd.runtime.platform.bsd;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.relayd.ir.config.HealthCheck;
import org.relayd.ir.config.Host;
import org.relayd.ir.config.HostId;
import org.relayd.ir.config.Redirect;
import org.relayd.ir.config.RedirectId;
import org.relayd.ir.config.Table;
import org.relayd.ir.config.TableId;
import org.relayd.ir.net.IpAddress;
import org.relayd.ir.net.IpProtocol;
import org.relayd.ir.net.Port;
import org.relayd.ir.net.PortRange;
import org.relayd.ir.plan.FilterPlan;
import org.relayd.ir.plan.PfAnchor;
import org.relayd.ir.plan.PfRule;
import org.relayd.ir.plan.PfRule.Pool;
import org.relayd.ir.plan.PfRule.Selection;
import org.relayd.ir.term.SchedulingMode;

/** Small plans of redirections. */
final class PfFixture {
    static final Table WEB = table("10.0.0.11", "2001:db8::12");
    /** For back ends that are asked nothing that needs files. */
    static final RunFiles NO_FILES = new RunFiles(Path.of("/nonexistent"));
    static final HostId FIRST = new HostId(1);
    static final HostId SECOND = new HostId(2);
    static final RedirectId ID = new RedirectId(1);

    private PfFixture() {}

    static IpAddress address(String text) {
        return IpAddress.parse(text).orElseThrow();
    }

    static Table table(String... addresses) {
        List<Host> hosts = new ArrayList<>();
        for (String address : addresses) {
            hosts.add(new Host(new HostId(hosts.size() + 1), address, address(address), Optional.empty(), 0,
                    OptionalInt.empty(), OptionalInt.empty()));
        }
        return new Table(new TableId(1), "web:80", "web", new Port(80), false, false,
                Optional.of(new HealthCheck.TcpConnect()), Duration.ofMillis(200), Duration.ofSeconds(10),
                Optional.empty(), Optional.empty(), hosts, Table.Leftovers.none());
    }

    static Selection selection(SchedulingMode mode) {
        return new Selection(mode, Optional.empty(), false);
    }

    /** What {@code listen on ADDRESS port 80} and {@code forward to <web>} become. */
    static PfRule forward(String address) {
        return new PfRule(false, false, Optional.empty(), 0, IpProtocol.TCP, address(address),
                PortRange.single(new Port(80)), OptionalInt.of(600), Optional.empty(),
                new Pool.RedirectTo("www", Optional.of(new Port(8080)), selection(SchedulingMode.ROUNDROBIN)));
    }

    static PfAnchor anchor(int id, String name, PfRule... rules) {
        return anchor(id, name, WEB, rules);
    }

    static PfAnchor anchor(int id, String name, Table table, PfRule... rules) {
        Redirect redirect = new Redirect(new RedirectId(id), name, false, true, Optional.empty(), false, false,
                new Port(80), table, Optional.empty(), SchedulingMode.ROUNDROBIN, Optional.empty(),
                Duration.ofMinutes(10), List.of());
        return new PfAnchor("relayd/" + name, name, redirect, List.of(rules));
    }

    static FilterPlan plan(PfAnchor... anchors) {
        return new FilterPlan(List.of(anchors), false);
    }

    /** Stands for the compiler's printers. */
    static PfRuleText text(String... obstacles) {
        return PfRuleText.of(
                anchor -> anchor.rules().stream().map(rule -> "pass in to " + rule.destination()).toList(),
                _ -> List.of(obstacles));
    }
}
