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
import org.relayd.ir.control.ControlRequest.Target;
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
            case ControlRequest.Switch(Kind kind, Target target, boolean enabled) -> toggle(kind, target, enabled,
                    client);
            case ControlRequest.Poll() -> {
                roles.health().poll();
                client.finish(new ControlReply.Done());
            }
            case ControlRequest.Reload() -> worker.execute(() -> reload(Optional.empty(), client));
            case ControlRequest.Load(String file) -> worker.execute(() -> reload(Optional.of(file), client));
            case ControlRequest.SetVerbose(boolean verbose) -> {
                log.setVerbose(verbose);
                client.finish(new ControlReply.Done());
            }
            case ControlRequest.Monitor() -> monitors.add(client);
            // The connection closes when the daemon has ended, so that relayctl waits for that.
            case ControlRequest.Stop() -> roles.askToStop();
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
            case SESSIONS -> worker.execute(() -> answer(SessionRows.of(roles.relays().sessions(), roles.plan()),
                    client));
            case NEEDS -> answer(Needs.of(roles.plan(), ProcessHandle.current().pid()), client);
            case SUMMARY, HOSTS, REDIRECTS, RELAYS, ROUTERS
                    -> answer(roles.summary().stream().filter(row -> SummaryRows.isOf(subject, row)).toList(), client);
        }
    }

    private static void answer(List<? extends ControlReply> rows, ControlClient client) {
        rows.forEach(client::send);
        client.finish(new ControlReply.Done());
    }

    private void toggle(Kind kind, Target target, boolean enabled, ControlClient client) {
        switch (kind) {
            case HOST -> answer(host(target).filter(id -> roles.health().switchHost(id, enabled))
                    .map(id -> told(enabled ? EventKind.HOST_ENABLE : EventKind.HOST_DISABLE, id.number(), target)),
                    client);
            case TABLE -> answer(table(target).filter(id -> roles.health().switchTable(id, enabled))
                    .map(id -> told(enabled ? EventKind.TABLE_ENABLE : EventKind.TABLE_DISABLE, id.number(), target)),
                    client);
            case REDIRECT -> redirect(target).ifPresentOrElse(redirect -> toggle(redirect, target, enabled, client),
                    () -> client.finish(new ControlReply.Failed()));
        }
    }

    private static void answer(Optional<EventKind> done, ControlClient client) {
        client.finish(done.isPresent() ? new ControlReply.Done() : new ControlReply.Failed());
    }

    private Optional<HostId> host(Target target) {
        return switch (target) {
            case Target.ById(int number) -> Optional.of(new HostId(number));
            case Target.ByName(String name) -> roles.health().hostNamed(name);
        };
    }

    private Optional<TableId> table(Target target) {
        return switch (target) {
            case Target.ById(int number) -> Optional.of(new TableId(number));
            case Target.ByName(String name) -> roles.health().tableNamed(name);
        };
    }

    private Optional<Redirect> redirect(Target target) {
        return roles.filter().redirects().stream().map(RedirectView::redirect)
                .filter(redirect -> switch (target) {
                    case Target.ById(int number) -> redirect.id().number() == number;
                    case Target.ByName(String name) -> redirect.name().equals(name);
                }).findFirst();
    }

    /**
     * The tables go with the redirection, after it so that its backup does not take over in between. It has only been
     * switched when the kernel knows.
     */
    @SuppressWarnings("FutureReturnValueIgnored") // the answer goes to the client
    private void toggle(Redirect redirect, Target target, boolean enabled, ControlClient client) {
        CompletableFuture<Boolean> switched = roles.filter().switchRedirect(redirect.id(), enabled);
        if (enabled) {
            roles.health().switchTable(redirect.table().id(), true);
            redirect.backup().ifPresent(table -> roles.health().switchTable(table.id(), true));
        } else if (!usedElsewhere(redirect)) {
            roles.health().switchTable(redirect.table().id(), false);
        }
        switched.thenAcceptAsync(done -> {
            told(enabled ? EventKind.REDIRECT_ENABLE : EventKind.REDIRECT_DISABLE, redirect.id().number(), target);
            client.finish(done ? new ControlReply.Done() : new ControlReply.Failed());
        }, roles.engineLoop());
    }

    /** Redirections that ask for exactly the same share a table. */
    private boolean usedElsewhere(Redirect redirect) {
        return roles.filter().redirects().stream().map(RedirectView::redirect)
                .filter(other -> !other.id().equals(redirect.id()))
                .flatMap(other -> Stream.concat(Stream.of(other.table()), other.backup().stream()))
                .anyMatch(table -> table.id().equals(redirect.table().id()));
    }

    private EventKind told(EventKind kind, int id, Target target) {
        Optional<String> name = switch (target) {
            case Target.ById _ -> Optional.empty();
            case Target.ByName(String given) -> Optional.of(given);
        };
        monitors.tell(kind, id, name);
        return kind;
    }
}
