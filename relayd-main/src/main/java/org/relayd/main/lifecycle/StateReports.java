package org.relayd.main.lifecycle;

import java.util.function.Consumer;
import org.relayd.ir.config.Host;
import org.relayd.ir.config.RedirectId;
import org.relayd.ir.config.Table;
import org.relayd.ir.term.HostState;
import org.relayd.runtime.HealthEvent;
import org.relayd.runtime.HealthListener;
import org.relayd.runtime.hce.HostView;
import org.relayd.runtime.hce.TableView;
import org.relayd.runtime.parent.message.Report;
import org.relayd.runtime.parent.message.Report.HostChanged;
import org.relayd.runtime.parent.message.Report.HostSwitched;
import org.relayd.runtime.parent.message.Report.RedirectSwitched;
import org.relayd.runtime.parent.message.Report.TableSwitched;
import org.relayd.runtime.pfe.RedirectView;

/**
 * Says what a successor would need to know, as it happens. Comes before the packet filter among the listeners, so that
 * nothing is in the kernel that was not said.
 */
public final class StateReports implements HealthListener {
    private final Consumer<Report> reports;

    /** Creates what says it there. */
    public StateReports(Consumer<Report> reports) {
        this.reports = reports;
    }

    @Override
    public void on(HealthEvent event) {
        switch (event) {
            case HealthEvent.HostChecked(var _, Host host, HostState before, HostState now, var _) -> {
                if (before != now) {
                    reports.accept(new HostChanged(host.id(), now));
                }
            }
            case HealthEvent.HostSwitched(var _, Host host, boolean enabled)
                    -> reports.accept(new HostSwitched(host.id(), enabled));
            case HealthEvent.TableSwitched(Table table, boolean enabled) -> {
                reports.accept(new TableSwitched(table.id(), enabled));
                table.hosts().forEach(host -> reports.accept(new HostChanged(host.id(), HostState.UNKNOWN)));
            }
            case HealthEvent.RoundStarted() -> {
                // Says nothing about hosts.
            }
        }
    }

    /** relayctl(8) has switched debug lines. */
    public void verbose(boolean verbose) {
        reports.accept(new Report.VerbositySwitched(verbose));
    }

    /** relayctl(8) has asked for the end of the daemon. */
    public void stopAsked() {
        reports.accept(new Report.StopAsked());
    }

    /** Says whether a redirection is switched: its number is that of another plan than before. */
    public void all(RedirectView view) {
        boolean enabled = view.state() != RedirectView.State.DISABLED;
        if (enabled == view.redirect().disabled()) {
            redirect(view.redirect().id(), enabled);
        }
    }

    /** relayctl(8) is about to switch a redirection. */
    public void redirect(RedirectId redirect, boolean enabled) {
        reports.accept(new RedirectSwitched(redirect, enabled));
    }

    /** Says all that is known of a table with its hosts: their numbers are those of another plan than before. */
    public void all(TableView view) {
        if (view.enabled() == view.table().disabled()) {
            reports.accept(new TableSwitched(view.table().id(), view.enabled()));
        }
        for (HostView host : view.hosts()) {
            if (!host.enabled()) {
                reports.accept(new HostSwitched(host.host().id(), false));
            } else if (host.state() != HostState.UNKNOWN) {
                reports.accept(new HostChanged(host.host().id(), host.state()));
            }
        }
    }
}
