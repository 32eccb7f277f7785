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

    private PfAnchor anchor(Redirect redirect) {
        return new PfAnchor("relayd/" + redirect.name(), redirect.name(), redirect,
                redirect.listeners().stream().map(listener -> rule(redirect, listener)).toList());
    }

    private PfRule rule(Redirect redirect, Listener listener) {
        boolean tcp = listener.protocol().equals(IpProtocol.TCP);
        return new PfRule(redirect.match(), redirect.pflog(), listener.interfaceName(), routingDomain,
                listener.protocol(), listener.address(), listener.ports(),
                tcp ? OptionalInt.of(seconds(redirect.sessionTimeout())) : OptionalInt.empty(), redirect.tag(),
                pool(redirect, listener));
    }

    /** The main table's line decides, also for the backup table: pf has one pool in a rule. */
    private static Pool pool(Redirect redirect, Listener listener) {
        Selection selection = new Selection(redirect.mode(), redirect.key(), redirect.sticky());
        Optional<String> outgoing = redirect.table().routeInterface();
        return outgoing.isPresent() ? new Pool.RouteTo(redirect.name(), outgoing.get(), selection)
                : new Pool.RedirectTo(redirect.name(), newPort(redirect.table(), listener), selection);
    }

    /**
     * A single port is always rewritten, to the table's port, which is that of the first listen line unless the forward
     * line names one. A range keeps the packet's port unless the forward line names one.
     */
    private static Optional<Port> newPort(Table table, Listener listener) {
        return !listener.ports().range() || table.explicitPort() ? Optional.of(table.port()) : Optional.empty();
    }

    /** The kernel's field is a signed 32-bit number. */
    private static int seconds(Duration timeout) {
        return (int) Math.min(timeout.toSeconds(), Integer.MAX_VALUE);
    }
}
