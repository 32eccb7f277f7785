package org.relayd.main.daemon;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.stream.Stream;
import org.relayd.ir.config.HostId;
import org.relayd.ir.config.Redirect;
import org.relayd.ir.config.TableId;
import org.relayd.ir.control.ControlReply;
import org.relayd.ir.control.ControlReply.EventKind;
import org.relayd.ir.control.ControlRequest;
import org.relayd.ir.control.ControlRequest.Kind;
import org.relayd.ir.control.ControlRequest.Subject;
import org.relayd.ir.control.ControlRequest.SwitchTarget;
import org.relayd.main.plans.StartException;
import org.relayd.runtime.control.ControlClient;
import org.relayd.runtime.control.ControlService;
import org.relayd.runtime.hce.HostView;
import org.relayd.runtime.hce.TableView;
import org.relayd.runtime.log.LineLog;
import org.relayd.runtime.pfe.RedirectView;

/** Carries out what relayctl(8) asks for. Engine thread only. */
final class ControlDesk implements ControlService {
    private final Roles roles;
    private final Reloader reloader;
    private final Monitors monitors;
    private final LineLog log;
    private final Executor worker;

    /**
     * Creates the desk.
     *
     * @param worker
     *            runs what blocks
     */
    ControlDesk(Roles roles, Reloader reloader, Monitors monitors, LineLog log, Executor worker) {
        this.roles = roles;
        this.reloader = reloader;
        this.monitors = monitors;
        this.log = log;
        this.worker = worker;
    }

    @Override
    public void serve(ControlRequest request, ControlClient client) {
        switch (request) {
            case ControlRequest.Show(Subject subject) -> show(subject, client);
            case ControlRequest.Switch(Kind kind, SwitchTarget target, boolean enabled) -> toggle(kind, target, enabled,
                    client);
            case ControlRequest.Poll() -> {
                roles.health().poll();
                client.finish(new ControlReply.Done());
            }
            case ControlRequest.Reload() -> worker.execute(() -> reload(Optional.empty(), client));
            case ControlRequest.Load(String file) -> worker.execute(() -> reload(Optional.of(file), client));
            case ControlRequest.SetVerbose(boolean verbose) -> {
                log.setVerbose(verbose);
                roles.states().verbose(verbose);
                client.finish(new ControlReply.Done());
            }
            case ControlRequest.Monitor() -> monitors.add(client);
            // The connection closes when the daemon has ended, so that relayctl waits for that.
            case ControlRequest.Stop() -> {
                roles.states().stopAsked();
                roles.ending().ask();
            }
        }
    }

    private void reload(Optional<String> file, ControlClient client) {
        try {
            reloader.reload(file);
            client.finish(new ControlReply.Done());
        } catch (StartException refused) {
            refused.lines().forEach(line -> client.send(new ControlReply.Line(line)));
            client.finish(new ControlReply.Refused("the configuration is as before"));
        }
    }

    private void show(Subject subject, ControlClient client) {
        switch (subject) {
            case SESSIONS
                    -> worker.execute(() -> answer(SessionRows.of(roles.relays().sessions(), roles.plan(), roles.pid()),
                            client));
            case NEEDS -> answer(Stream.concat(Needs.of(roles.plan(), roles.pid()).stream(),
                    Needs.ofThisProcess(roles.pid()).stream()).toList(), client);
            case SUMMARY, HOSTS, REDIRECTS, RELAYS, ROUTERS
                    -> answer(roles.summary().stream().filter(row -> SummaryRows.isOf(subject, row)).toList(), client);
        }
    }

    private static void answer(List<? extends ControlReply> rows, ControlClient client) {
        rows.forEach(client::send);
        client.finish(new ControlReply.Done());
    }

    private void toggle(Kind kind, SwitchTarget target, boolean enabled, ControlClient client) {
        switch (Named.find(kind.word(), named(kind), target)) {
            case Named.Found.None(String reason) -> client.finish(new ControlReply.Refused(reason));
            case Named.Found.One(Named one) -> answer(switched(kind, one.id(), enabled), event(kind, enabled), one,
                    target instanceof SwitchTarget.ByName, client);
        }
    }

    private List<Named> named(Kind kind) {
        return switch (kind) {
            case HOST -> roles.health().tables().stream().flatMap(table -> table.hosts().stream()
                    .map(HostView::host)
                    .map(host -> new Named(host.id().number(), host.name(), host.parent().map(HostId::number))))
                    .toList();
            case TABLE -> roles.health().tables().stream().map(TableView::table)
                    .map(table -> new Named(table.id().number(), table.name(), Optional.empty())).toList();
            case REDIRECT -> roles.filter().redirects().stream().map(RedirectView::redirect)
                    .map(redirect -> new Named(redirect.id().number(), redirect.name(), Optional.empty()))
                    .toList();
        };
    }

    private CompletableFuture<Boolean> switched(Kind kind, int id, boolean enabled) {
        Switches switches = new Switches(roles.health(), roles.filter());
        return switch (kind) {
            case HOST -> switches.host(new HostId(id), enabled);
            case TABLE -> switches.table(new TableId(id), enabled);
            case REDIRECT -> {
                Redirect redirect = roles.filter().redirects().stream().map(RedirectView::redirect)
                        .filter(one -> one.id().number() == id).findFirst().orElseThrow();
                roles.states().redirect(redirect.id(), enabled);
                yield switches.redirect(redirect, enabled);
            }
        };
    }

    private static EventKind event(Kind kind, boolean enabled) {
        return switch (kind) {
            case HOST -> enabled ? EventKind.HOST_ENABLE : EventKind.HOST_DISABLE;
            case TABLE -> enabled ? EventKind.TABLE_ENABLE : EventKind.TABLE_DISABLE;
            case REDIRECT -> enabled ? EventKind.REDIRECT_ENABLE : EventKind.REDIRECT_DISABLE;
        };
    }

    /** Something has only been switched when the kernel knows. */
    @SuppressWarnings("FutureReturnValueIgnored") // the answer goes to the client
    private void answer(CompletableFuture<Boolean> switched, EventKind kind, Named one, boolean named,
            ControlClient client) {
        switched.thenAcceptAsync(done -> {
            if (done) {
                monitors.tell(kind, one.id(), one.name(), named);
            }
            client.finish(done ? new ControlReply.Done() : new ControlReply.Failed());
        }, roles.engineLoop());
    }
}
