package org.relayd.compiler.lower;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.relayd.compiler.check.state.Limits;
import org.relayd.ir.config.CheckedConfig;
import org.relayd.ir.config.Redirect;
import org.relayd.ir.config.Redirect.Listener;
import org.relayd.ir.config.Relay;
import org.relayd.ir.config.Table;
import org.relayd.ir.diagnostic.Diagnostic;
import org.relayd.ir.diagnostic.TargetCode;
import org.relayd.ir.net.IpProtocol;
import org.relayd.ir.net.Port;
import org.relayd.ir.net.PortRange;
import org.relayd.ir.pf.PfAnchor;
import org.relayd.ir.pf.PfPlan;
import org.relayd.ir.pf.PfRule;
import org.relayd.ir.pf.PfRule.Pool;
import org.relayd.ir.pf.PfRule.Selection;

/**
 * Redirections as pf anchors: one rule for each listen address, in stored order, which is the reverse of the file's.
 * relayd.conf(5): REDIRECTIONS.
 */
public final class PfLowering {
    private final int routingDomain;

    /**
     * Creates a lowering.
     *
     * @param routingDomain
     *            routing domain that the daemon runs in; 0 everywhere but in a routing domain of OpenBSD
     */
    public PfLowering(int routingDomain) {
        this.routingDomain = routingDomain;
    }

    /** Lowers all redirections, in order of their ids. Disabled ones are lowered too: relayctl(8) may enable them. */
    public PfPlan lower(CheckedConfig config) {
        return new PfPlan(config.redirects().stream().map(this::anchor).toList(),
                config.relays().stream().map(Relay::forward)
                        .anyMatch(forward -> forward.transparent() || forward.destination()));
    }

    /** Returns what pf cannot do of these redirections, as errors. */
    public static List<Diagnostic> refusals(PfPlan plan) {
        return plan.anchors().stream().map(PfAnchor::table)
                .filter(name -> Limits.exceeds(name, Limits.PF_TABLE_NAME))
                .map(name -> Diagnostic.global(TargetCode.PF_CANNOT, "not supported by pf: redirect " + name
                        + ": its table has a name of more than " + Limits.PF_TABLE_NAME + " bytes"))
                .toList();
    }

    // A component that comes to redirections must be taken or left here. Of those left out, number, state and hosts are
    // read from the redirection itself, which the anchor keeps; the first port is that of the table.
    private PfAnchor anchor(Redirect redirect) {
        return switch (redirect) {
            case Redirect(var _, String name, var _, boolean sticky, var tag, boolean match, boolean pflog, var _, Table table, var _, var mode, var key, Duration sessionTimeout, var listeners) -> {
                Selection selection = new Selection(mode, key, sticky);
                yield new PfAnchor("relayd/" + name, name, redirect, listeners.stream()
                        .map(listener -> switch (listener) {
                            case Listener(var address, var protocol, var ports, var interfaceName) -> new PfRule(match,
                                    pflog, interfaceName, routingDomain, protocol, address, ports,
                                    timeout(protocol, sessionTimeout), tag, pool(name, table, ports, selection));
                        }).toList());
            }
        };
    }

    private static OptionalInt timeout(IpProtocol protocol, Duration sessionTimeout) {
        return protocol.equals(IpProtocol.TCP) ? OptionalInt.of(seconds(sessionTimeout)) : OptionalInt.empty();
    }

    /** The main table's line decides, also for the backup table: pf has one pool in a rule. */
    private static Pool pool(String name, Table table, PortRange ports, Selection selection) {
        Optional<String> outgoing = table.routeInterface();
        return outgoing.isPresent() ? new Pool.RouteTo(name, outgoing.get(), selection)
                : new Pool.RedirectTo(name, newPort(table, ports), selection);
    }

    /**
     * A single port is always rewritten, to the table's port, which is that of the first listen line unless the forward
     * line names one. A range keeps the packet's port unless the forward line names one.
     */
    private static Optional<Port> newPort(Table table, PortRange ports) {
        return !ports.range() || table.explicitPort() ? Optional.of(table.port()) : Optional.empty();
    }

    /** The kernel's field is a signed 32-bit number. */
    private static int seconds(Duration timeout) {
        return (int) Math.min(timeout.toSeconds(), Integer.MAX_VALUE);
    }
}
