package org.relayd.main.daemon;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
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
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.relayd.compiler.report.DiagnosticStyle;
import org.relayd.ir.term.OperatingSystem;
import org.relayd.ir.plan.Plan;
import org.relayd.main.environment.SystemEnvironment;
import org.relayd.main.options.RelaydOptions;
import org.relayd.runtime.FreePorts;
import org.relayd.runtime.log.LineLog;
import org.relayd.runtime.parent.local.LocalRights;
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
                Optional.empty());
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

    @Test
    void aDaemonLivesBehindADoorOfBytes() throws Exception {
        int listen = FreePorts.next();
        CompletableFuture<String> up = new CompletableFuture<>();
        try (NamedOrigin origin = NamedOrigin.start("127.0.0.1", 0); LineLog log = new LineLog(lines -> lines.stream()
                .map(line -> line.text()).filter(text -> text.contains("check script") && text.contains(", state up"))
                .forEach(up::complete), false)) {
            OperatingSystem system = OperatingSystem.ofThisMachine();
            RelaydOptions options = options("""
                    log host checks
                    table <web> { 127.0.0.1 }
                    relay www {
                            listen on 127.0.0.1 port %d
                            forward to <web> port %d check script "%s"
                    }
                    """.formatted(listen, origin.port(), script()));
            ConfigLoader loader = new ConfigLoader(options, new SystemEnvironment(system), system);
            Plan plan = loader.loadFirst();
            WrittenRights rights = new WrittenRights(
                    new LocalRights(plan.kernel().image(), RandomGenerator.getDefault(),
                            loader.sockets(), NatLookup.none()));
            Roles roles = Roles.start(options, plan, loader.sockets(), rights, log);
            roles.serve(new Reloader(roles, loader, log));
            try {
                assertTrue(up.get(20, TimeUnit.SECONDS).contains("127.0.0.1"));
                assertTrue(get(listen).endsWith("127.0.0.1"), "the origin says its name");
            } finally {
                roles.stop();
            }
            assertEquals(Set.of("CheckRights.runScript", "FileRights.listenControl", "FileRights.removeControl",
                    "Footprint.left", "RelayRights.listen"), new TreeSet<>(rights.requests()));
        }
    }
}
