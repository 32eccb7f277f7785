package org.relayd.main.daemon;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.relayd.compiler.report.DiagnosticStyle;
import org.relayd.ir.net.IpAddress;
import org.relayd.ir.net.IpFamily;
import org.relayd.ir.net.Port;
import org.relayd.ir.plan.Plan;
import org.relayd.ir.term.OperatingSystem;
import org.relayd.main.environment.SystemEnvironment;
import org.relayd.main.lifecycle.Succession;
import org.relayd.main.options.RelaydOptions;
import org.relayd.main.plans.LocalPlans;
import org.relayd.main.plans.PlanCompiler;
import org.relayd.main.plans.PlanSource;
import org.relayd.main.plans.StartException;
import org.relayd.runtime.FreePorts;
import org.relayd.runtime.SocketKind;
import org.relayd.runtime.log.LineLog;
import org.relayd.runtime.parent.CheckRights;
import org.relayd.runtime.parent.ConfigurationRights;
import org.relayd.runtime.parent.OpenSocket;
import org.relayd.runtime.parent.RelayRights;
import org.relayd.runtime.parent.Rights;
import org.relayd.runtime.parent.local.LocalChecks;
import org.relayd.runtime.parent.local.LocalRights;
import org.relayd.runtime.parent.local.LocalSockets;
import org.relayd.runtime.platform.NatLookup;

/** The daemon asks for what needs rights in values that another process could be sent. */
class RightsTest {
    @TempDir
    private Path folder;

    private Path socket() {
        return folder.resolve("relayd.sock");
    }

    private RelaydOptions options(String configuration) throws IOException {
        Path file = Files.writeString(folder.resolve("relayd.conf"), configuration);
        return new RelaydOptions(true, false, 0, List.of(), file.toString(), Optional.empty(),
                new RelaydOptions.BackendOption.None(), Optional.of(socket().toString()), DiagnosticStyle.HUMAN, false,
                Optional.empty(), RelaydOptions.DEFAULT_DRAIN);
    }

    private Path script() throws IOException {
        Path script = Files.writeString(folder.resolve("check.sh"), "#!/bin/sh\nexit 1\n");
        Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxr-xr-x"));
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        return script;
    }

    private static String get(int port) throws IOException {
        try (Socket client = new Socket(InetAddress.getLoopbackAddress(), port)) {
            client.getOutputStream().write("GET / HTTP/1.0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            return new String(client.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
        }
    }

    private static void awaitLine(Path file) throws IOException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
        while (!Files.exists(file) || Files.size(file) == 0) {
            assertTrue(System.nanoTime() < end, () -> "no line in " + file);
            LockSupport.parkNanos(1_000_000);
        }
    }

    /** Waits for nothing: who answers here does so during the call. */
    private static final class Given<T> implements Rights.Answer<T> {
        private final CompletableFuture<T> value = new CompletableFuture<>();

        @Override
        public void given(T answered) {
            value.complete(answered);
        }

        @Override
        public void refused(IOException reason) {
            value.completeExceptionally(reason);
        }

        T now() {
            return value.getNow(null);
        }
    }

    @Test
    void translationsAndDatagramSocketsCrossTheDoor() throws Exception {
        InetSocketAddress meant = new InetSocketAddress("192.0.2.7", 443);
        List<String> requests = new CopyOnWriteArrayList<>();
        RelayRights relays = WrittenRights.written(RelayRights.class,
                new LocalSockets(SocketKind.ofThisMachine(), (_, _) -> Optional.of(meant)), requests);
        Given<Optional<InetSocketAddress>> answer = new Given<>();
        relays.natLookup(meant, meant, answer);
        assertEquals(Optional.of(meant), answer.now());
        relays.bindDatagram(IpAddress.parse("127.0.0.1").orElseThrow(), new Port(0)).close();
        assertEquals(List.of("RelayRights.natLookup", "RelayRights.bindDatagram"), requests);
    }

    @Test
    @Tag("netns")
    void socketsThatNeedRootCrossTheDoor() throws Exception {
        List<String> requests = new CopyOnWriteArrayList<>();
        Given<OpenSocket> foreign = new Given<>();
        WrittenRights.written(RelayRights.class, new LocalSockets(SocketKind.ofThisMachine(), NatLookup.none()),
                requests).openForeign(IpAddress.parse("192.0.2.7").orElseThrow(), foreign);
        foreign.now().close();
        try (LocalChecks checks = new LocalChecks()) {
            CheckRights.EchoSocket echo = WrittenRights.written(CheckRights.class, checks, requests)
                    .openEcho(IpFamily.INET);
            assertTrue(echo.raw());
            echo.socket().close();
        }
        assertEquals(List.of("RelayRights.openForeign", "CheckRights.openEcho"), requests);
    }

    @Test
    void aDaemonLivesBehindADoorOfBytes() throws Exception {
        int listen = FreePorts.next();
        Path access = folder.resolve("access.log");
        List<String> read = new CopyOnWriteArrayList<>();
        CompletableFuture<String> up = new CompletableFuture<>();
        try (NamedOrigin origin = NamedOrigin.start("127.0.0.1", 0); LineLog log = new LineLog(lines -> lines.stream()
                .map(line -> line.text()).filter(text -> text.contains("check script") && text.contains(", state up"))
                .forEach(up::complete), false)) {
            OperatingSystem system = OperatingSystem.ofThisMachine();
            RelaydOptions options = options("""
                    extensions on
                    log host checks
                    http protocol p { log access to "%s" }
                    table <web> { 127.0.0.1 }
                    relay www {
                            listen on 127.0.0.1 port %d
                            protocol p
                            forward to <web> port %d check script "%s"
                    }
                    """.formatted(access, listen, origin.port(), script()));
            SystemEnvironment machine = new SystemEnvironment(system, new LocalConfiguration.Asked(
                    WrittenRights.written(ConfigurationRights.class, new LocalConfiguration(), read)));
            PlanSource plans = new LocalPlans(new PlanCompiler(options, system), machine);
            SocketKind sockets = SocketKind.ofThisMachine();
            Plan plan = plans.first().plan();
            WrittenRights rights = new WrittenRights(
                    new LocalRights(plan.kernel().image(), RandomGenerator.getDefault(),
                            sockets, NatLookup.none()));
            Roles roles = Roles.start(options, plan, sockets, rights, log, Succession.none());
            Reloader reloader = new Reloader(roles, plans, log);
            roles.serve(reloader);
            try {
                assertTrue(up.get(20, TimeUnit.SECONDS).contains("127.0.0.1"));
                assertTrue(get(listen).endsWith("127.0.0.1"), "the origin says its name");
                awaitLine(access);
                Files.move(access, folder.resolve("access.log.0"));
                reloader.reload(Optional.empty());
                get(listen);
                awaitLine(access);
                assertTrue(
                        assertThrows(StartException.class, () -> reloader.reload(Optional.of("/nosuchfile"))).lines()
                                .getFirst().endsWith("No such file or directory"));
            } finally {
                roles.stop();
            }
            assertEquals(Set.of("CheckRights.runScript", "FileRights.followLog", "FileRights.listenControl",
                    "FileRights.openLog", "FileRights.removeControl", "Footprint.left", "RelayRights.listen",
                    "RelayRights.probe"),
                    new TreeSet<>(rights.requests()));
            assertEquals(Set.of("ConfigurationRights.read"), Set.copyOf(read));
        }
    }
}
