package org.relayd.runtime.platform.bsd;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.relayd.ir.config.HealthCheck;
import org.relayd.ir.config.Host;
import org.relayd.ir.config.HostId;
import org.relayd.ir.config.RedirectId;
import org.relayd.ir.config.Table;
import org.relayd.ir.config.TableId;
import org.relayd.ir.image.HostAddress;
import org.relayd.ir.image.KernelImage;
import org.relayd.ir.image.PfImage;
import org.relayd.ir.image.PfRequest;
import org.relayd.ir.image.PfctlText;
import org.relayd.ir.image.RedirectImage;
import org.relayd.ir.net.IpAddress;
import org.relayd.ir.net.IpProtocol;
import org.relayd.ir.net.Port;
import org.relayd.ir.net.PortRange;
import org.relayd.ir.pf.PfRule;
import org.relayd.ir.pf.PfRule.Pool;
import org.relayd.ir.pf.PfRule.Selection;
import org.relayd.ir.term.SchedulingMode;

/** Small plans of redirections. */
final class PfFixture {
    static final Table WEB = table("10.0.0.11", "2001:db8::12");
    /** For back ends that are asked nothing that needs files. */
    static final RunFiles NO_FILES = new RunFiles(Path.of("/nonexistent"), 1);
    static final HostId FIRST = new HostId(1);
    static final HostId SECOND = new HostId(2);
    static final RedirectId ID = new RedirectId(1);
    private static final int TCP = 6;

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

    static PfImage anchor(int id, String name, PfRule... rules) {
        return anchor(id, name, WEB, rules);
    }

    static PfImage anchor(int id, String name, Table table, PfRule... rules) {
        RedirectImage redirect = new RedirectImage(new RedirectId(id), name,
                table.hosts().stream().map(host -> new HostAddress(host.id(), host.address())).toList());
        return new PfImage(redirect, "relayd/" + name, name,
                Stream.of(rules).map(rule -> new PfRequest(rule, TCP)).toList(),
                new PfctlText(Stream.of(rules).map(rule -> "pass in to " + rule.destination()).toList(), List.of()));
    }

    static KernelImage openBsd(PfImage... anchors) {
        return new KernelImage.PfOfOpenBsd(List.of(anchors));
    }

    /** There rules go through pfctl(8) only. */
    static KernelImage freeBsd(PfImage anchor, String... obstacles) {
        return new KernelImage.PfOfFreeBsd(List.of(new PfImage(anchor.redirect(), anchor.anchor(), anchor.table(),
                List.of(), new PfctlText(anchor.text().lines(), List.of(obstacles)))));
    }
}
