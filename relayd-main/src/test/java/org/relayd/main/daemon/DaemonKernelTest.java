package org.relayd.main.daemon;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.relayd.ir.control.ControlReply;
import org.relayd.ir.control.ControlReply.RedirectRow;
import org.relayd.ir.control.ControlReply.RedirectStatus;
import org.relayd.ir.control.ControlReply.RouterRow;
import org.relayd.ir.control.ControlReply.TableRow;
import org.relayd.ir.control.ControlRequest;
import org.relayd.ir.control.ControlRequest.Kind;
import org.relayd.ir.control.ControlRequest.Subject;
import org.relayd.ir.control.ControlRequest.SwitchTarget;

/**
 * What the whole daemon asks of the kernel, written down by {@code --backend record:FILE}, which needs no privileges.
 */
class DaemonKernelTest {
    @TempDir
    private Path folder;

    private Path calls() {
        return folder.resolve("calls");
    }

    private DaemonProcess start(String configuration) throws IOException {
        return DaemonProcess.start(folder, "interval 1\ntimeout 800\n" + configuration, "--backend",
                "record:" + calls());
    }

    /** Waits until the daemon has made exactly these calls. */
    private void awaitCalls(DaemonProcess relayd, String... expected) throws IOException {
        relayd.await(String.join("; ", expected), () -> Files.exists(calls()) && read().size() >= expected.length);
        assertEquals(List.of(expected), read());
        Files.delete(calls());
    }

    private List<String> read() {
        try {
            return Files.readAllLines(calls());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String withBackup(int port) {
        return """
                table <web> { 127.0.0.1 }
                table <sorry> { 127.0.0.2 }
                redirect www {
                        listen on 192.0.2.1 port 80
                        forward to <web> port %1$d check tcp
                        forward to <sorry> port %1$d check tcp
                }
                """.formatted(port);
    }

    private static List<ControlReply> toggle(DaemonProcess relayd, Kind kind, String name, boolean enabled)
            throws IOException {
        return relayd.ask(new ControlRequest.Switch(kind, new SwitchTarget.ByName(name), enabled));
    }

    /** The state is published when all calls of a round have been made. */
    private static void awaitStatus(DaemonProcess relayd, RedirectStatus status) {
        relayd.await("status " + status, () -> {
            try {
                return redirect(relayd).status() == status;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    private static RedirectRow redirect(DaemonProcess relayd) throws IOException {
        return (RedirectRow) relayd.ask(new ControlRequest.Show(Subject.REDIRECTS)).getFirst();
    }

    @Test
    void theBackupTakesOverAndGivesBack() throws Exception {
        NamedOrigin sorry = NamedOrigin.start("127.0.0.2", 0);
        NamedOrigin web = NamedOrigin.start("127.0.0.1", sorry.port());
        try (DaemonProcess relayd = start(withBackup(sorry.port()))) {
            relayd.await("redirections and routes are only written to " + calls());
            relayd.await("the main table", () -> Files.exists(calls()) && read().contains("rules www load"));
            Files.delete(calls());
            web.close();
            awaitCalls(relayd, "table www set 127.0.0.2");
            awaitStatus(relayd, RedirectStatus.BACKUP);
            web = NamedOrigin.start("127.0.0.1", sorry.port());
            awaitCalls(relayd, "table www set 127.0.0.1");
            awaitStatus(relayd, RedirectStatus.ACTIVE);
            sorry.close();
            relayd.await("the backup host down", () -> relayd.lines().stream()
                    .anyMatch(line -> line.startsWith("host 127.0.0.2,") && line.contains("state up -> down")));
            web.close();
            awaitCalls(relayd, "table www flush", "rules www remove");
            awaitStatus(relayd, RedirectStatus.DOWN);
            relayd.signal("TERM");
            assertEquals(0, relayd.exit());
            awaitCalls(relayd, "filter close");
        } finally {
            web.close();
            sorry.close();
        }
    }

    @Test
    void relayctlSwitchesRedirectionsTablesAndHosts() throws Exception {
        try (NamedOrigin web = NamedOrigin.start("127.0.0.1", 0);
                NamedOrigin sorry = NamedOrigin.start("127.0.0.2", web.port());
                DaemonProcess relayd = start(withBackup(sorry.port()))) {
            relayd.await("the main table", () -> Files.exists(calls()) && read().contains("rules www load"));
            Files.delete(calls());
            assertEquals(List.of(new ControlReply.Done()), toggle(relayd, Kind.REDIRECT, "www", false));
            assertEquals(List.of("table www flush", "rules www remove"), read(), "done when relayctl has its answer");
            awaitStatus(relayd, RedirectStatus.DISABLED);
            assertEquals(2, relayd.ask(new ControlRequest.Show(Subject.SUMMARY)).size(),
                    "a disabled redirection has no tables in the summary");
            Files.delete(calls());
            assertEquals(List.of(new ControlReply.Done()), toggle(relayd, Kind.REDIRECT, "www", true));
            awaitCalls(relayd, "table www set 127.0.0.2", "rules www load", "table www set 127.0.0.1");
            assertEquals(List.of(new ControlReply.Done()), toggle(relayd, Kind.TABLE, "web:" + web.port(), false));
            awaitCalls(relayd, "table www set 127.0.0.2");
            assertEquals(new TableRow(1, "web:" + web.port(), false, 0),
                    relayd.ask(new ControlRequest.Show(Subject.SUMMARY)).get(1));
            assertEquals(List.of(new ControlReply.Done()), toggle(relayd, Kind.HOST, "127.0.0.2", false));
            awaitCalls(relayd, "table www flush", "rules www remove");
            assertEquals(List.of(new ControlReply.Refused("there is no redirect web")),
                    toggle(relayd, Kind.REDIRECT, "web", false));
            assertEquals(List.of(new ControlReply.Refused("there is no redirect 2")),
                    relayd.ask(new ControlRequest.Switch(Kind.REDIRECT, new SwitchTarget.ById(2), false)));
        }
    }

    @Test
    void routesAndDemotionFollowTheGateways() throws Exception {
        NamedOrigin gateway = NamedOrigin.start("127.0.0.1", 0);
        try (DaemonProcess relayd = start("""
                table <gateways> { 127.0.0.1 priority 5, 127.0.0.2 }
                router uplinks {
                        route 203.0.113.0/24
                        rtable 3
                        forward to <gateways> port %d check tcp demote carp
                }
                """.formatted(gateway.port()))) {
            relayd.await("both gateways", () -> Files.exists(calls()) && read().size() == 4);
            assertEquals(List.of("routes open", "demotion open carp"), read().subList(0, 2));
            assertTrue(read().contains("route add 203.0.113.0/24 via 127.0.0.1 priority 5 rtable 3"),
                    read().toString());
            assertTrue(read().contains("route delete 203.0.113.0/24 via 127.0.0.2 rtable 3"), read().toString());
            assertEquals(new RouterRow(1, "uplinks", true, 3, Optional.empty(), List.of("203.0.113.0/24")),
                    relayd.ask(new ControlRequest.Show(Subject.ROUTERS)).getFirst());
            Files.delete(calls());
            gateway.close();
            awaitCalls(relayd, "route delete 203.0.113.0/24 via 127.0.0.1 priority 5 rtable 3", "demote carp +1");
            relayd.signal("TERM");
            assertEquals(0, relayd.exit());
            awaitCalls(relayd, "routes close", "demotion close");
        } finally {
            gateway.close();
        }
    }
}
