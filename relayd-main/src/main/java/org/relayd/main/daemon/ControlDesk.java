package org.relayd.main.daemon;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import org.relayd.ir.config.HostId;
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

/** Carries out what relayctl(8) asks for. Engine thread only. */
final class ControlDesk implements ControlService {
    private final Roles roles;
    private final Monitors monitors;
    private final LineLog log;
    private final Executor worker;

    /**
     * Creates the desk.
     *
     * @param worker
     *            runs what blocks
     */
    ControlDesk(Roles roles, Monitors monitors, LineLog log, Executor worker) {
        this.roles = roles;
        this.monitors = monitors;
        this.log = log;
        this.worker = worker;
    }

    @Override
    public void serve(ControlRequest request, ControlClient client) {
        switch (request) {
            case ControlRequest.Show(Subject subject) -> show(subject, client);
            case ControlRequest.Switch(Kind kind, Target target, boolean enabled) -> client
                    .finish(toggle(kind, target, enabled) ? new ControlReply.Done() : new ControlReply.Failed());
            case ControlRequest.Poll() -> {
                roles.health().poll();
                client.finish(new ControlReply.Done());
            }
            case ControlRequest.Reload() -> client.finish(new ControlReply.Refused("not supported yet: reload"));
            case ControlRequest.Load(String _) -> client.finish(new ControlReply.Refused("not supported yet: load"));
            case ControlRequest.SetVerbose(boolean verbose) -> {
                log.setVerbose(verbose);
                client.finish(new ControlReply.Done());
            }
            case ControlRequest.Monitor() -> monitors.add(client);
            // The connection closes when the daemon has ended, so that relayctl waits for that.
            case ControlRequest.Stop() -> roles.askToStop();
        }
    }

    private void show(Subject subject, ControlClient client) {
        switch (subject) {
            case SESSIONS -> worker.execute(() -> answer(SessionRows.of(roles.relays().sessions(), roles.plan()),
                    client));
            case SUMMARY, HOSTS, REDIRECTS, RELAYS, ROUTERS -> answer(roles.summary(), client);
        }
    }

    private static void answer(List<? extends ControlReply> rows, ControlClient client) {
        rows.forEach(client::send);
        client.finish(new ControlReply.Done());
    }

    private boolean toggle(Kind kind, Target target, boolean enabled) {
        return switch (kind) {
            case HOST -> {
                Optional<HostId> host = switch (target) {
                    case Target.ById(int number) -> Optional.of(new HostId(number));
                    case Target.ByName(String name) -> roles.health().hostNamed(name);
                };
                yield host.filter(id -> roles.health().switchHost(id, enabled))
                        .map(id -> told(enabled ? EventKind.HOST_ENABLE : EventKind.HOST_DISABLE, id.number(), target))
                        .orElse(false);
            }
            case TABLE -> {
                Optional<TableId> table = switch (target) {
                    case Target.ById(int number) -> Optional.of(new TableId(number));
                    case Target.ByName(String name) -> roles.health().tableNamed(name);
                };
                yield table.filter(id -> roles.health().switchTable(id, enabled))
                        .map(id -> told(enabled ? EventKind.TABLE_ENABLE : EventKind.TABLE_DISABLE, id.number(),
                                target))
                        .orElse(false);
            }
            // No plan with redirections is executed yet, so none has that name.
            case REDIRECT -> false;
        };
    }

    private boolean told(EventKind kind, int id, Target target) {
        Optional<String> name = switch (target) {
            case Target.ById _ -> Optional.empty();
            case Target.ByName(String given) -> Optional.of(given);
        };
        monitors.tell(kind, id, name);
        return true;
    }
}
