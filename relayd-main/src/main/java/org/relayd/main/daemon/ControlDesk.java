package org.relayd.main.daemon;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
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
            case NEEDS -> answer(Needs.of(roles.plan(), roles.pid()), client);
            case SUMMARY, HOSTS, REDIRECTS, RELAYS, ROUTERS
                    -> answer(roles.summary().stream().filter(row -> SummaryRows.isOf(subject, row)).toList(), client);
        }
    }

    private static void answer(List<? extends ControlReply> rows, ControlClient client) {
        rows.forEach(client::send);
        client.finish(new ControlReply.Done());
    }

    private void toggle(Kind kind, SwitchTarget target, boolean enabled, ControlClient client) {
        Switches switches = new Switches(roles.health(), roles.filter());
        switch (kind) {
            case HOST -> host(target).ifPresentOrElse(id -> answer(switches.host(id, enabled),
                    enabled ? EventKind.HOST_ENABLE : EventKind.HOST_DISABLE, id.number(), target, client),
                    () -> client.finish(new ControlReply.Failed()));
            case TABLE -> table(target).ifPresentOrElse(id -> answer(switches.table(id, enabled),
                    enabled ? EventKind.TABLE_ENABLE : EventKind.TABLE_DISABLE, id.number(), target, client),
                    () -> client.finish(new ControlReply.Failed()));
            case REDIRECT -> redirect(target).ifPresentOrElse(redirect -> {
                roles.states().redirect(redirect.id(), enabled);
                answer(switches.redirect(redirect, enabled),
                        enabled ? EventKind.REDIRECT_ENABLE : EventKind.REDIRECT_DISABLE, redirect.id().number(),
                        target, client);
            }, () -> client.finish(new ControlReply.Failed()));
        }
    }

    /** Something has only been switched when the kernel knows. */
    @SuppressWarnings("FutureReturnValueIgnored") // the answer goes to the client
    private void answer(CompletableFuture<Boolean> switched, EventKind kind, int id, SwitchTarget target,
            ControlClient client) {
        switched.thenAcceptAsync(done -> {
            if (done) {
                tell(kind, id, target);
            }
            client.finish(done ? new ControlReply.Done() : new ControlReply.Failed());
        }, roles.engineLoop());
    }

    private Optional<HostId> host(SwitchTarget target) {
        return switch (target) {
            case SwitchTarget.ById(int number) -> Optional.of(new HostId(number));
            case SwitchTarget.ByName(String name) -> roles.health().hostNamed(name);
        };
    }

    private Optional<TableId> table(SwitchTarget target) {
        return switch (target) {
            case SwitchTarget.ById(int number) -> Optional.of(new TableId(number));
            case SwitchTarget.ByName(String name) -> roles.health().tableNamed(name);
        };
    }

    private Optional<Redirect> redirect(SwitchTarget target) {
        return roles.filter().redirects().stream().map(RedirectView::redirect)
                .filter(redirect -> switch (target) {
                    case SwitchTarget.ById(int number) -> redirect.id().number() == number;
                    case SwitchTarget.ByName(String name) -> redirect.name().equals(name);
                }).findFirst();
    }

    private void tell(EventKind kind, int id, SwitchTarget target) {
        Optional<String> name = switch (target) {
            case SwitchTarget.ById _ -> Optional.empty();
            case SwitchTarget.ByName(String given) -> Optional.of(given);
        };
        monitors.tell(kind, id, name);
    }
}
