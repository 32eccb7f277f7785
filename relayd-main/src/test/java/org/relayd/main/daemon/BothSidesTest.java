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
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.relayd.compiler.report.DiagnosticStyle;
import org.relayd.main.options.RelaydOptions;
import org.relayd.runtime.FreePorts;
import org.relayd.runtime.parent.message.Report;
import org.relayd.runtime.tls.TestCertificates;
import org.relayd.runtime.relay.TlsPeers;

/** A worker as it should be is refused nothing, whatever its configuration asks for. */
@EnabledOnOs(OS.LINUX)
@Timeout(120)
class BothSidesTest {
    private static final TestCertificates ROOT = TestCertificates.root("Test Root");

    @TempDir
    private Path folder;

    private final int plain = FreePorts.next();
    private final int secure = FreePorts.next();
    private final int names = FreePorts.next();
    private final int later = FreePorts.next();

    private String keypair() throws Exception {
        TestCertificates own = ROOT.leaf("127.0.0.1");
        Files.writeString(folder.resolve("www.crt"), own.chainPem());
        Path key = Files.writeString(folder.resolve("www.key"), own.keyPem());
        Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-------"));
        return "../../.." + folder.resolve("www").toAbsolutePath();
    }

    private String configuration(int target, String more) throws Exception {
        Path script = Files.writeString(folder.resolve("check.sh"), "#!/bin/sh\nexit 1\n");
        Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxr-xr-x"));
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        return """
                extensions on
                interval 1
                log host checks
                prefork 2
                table <web> { 127.0.0.1 }
                http protocol p { log access to "%s" }
                http protocol s { tls keypair "%s" }
                dns protocol d
                redirect r {
                        listen on 192.0.2.80 port 80
                        forward to <web> port %d check script "%s" demote carp
                }
                relay www {
                        listen on 127.0.0.1 port %d
                        protocol p
                        forward to <web> port %d check script "%s"
                }
                relay secure {
                        listen on 127.0.0.1 port %d tls
                        protocol s
                        forward to 127.0.0.1 port %d
                }
                relay names {
                        listen on 127.0.0.1 port %d
                        protocol d
                        forward to 127.0.0.1 port 53
                }
                %s
                """.formatted(BothSides.in(folder, "access.log"), keypair(), target, script, plain, target, script,
                secure, target, names, more);
    }

    private Path write(String configuration) throws IOException {
        return Files.writeString(folder.resolve("relayd.conf"), configuration);
    }

    private RelaydOptions options(Path file) {
        return new RelaydOptions(true, false, 0, List.of(), file.toString(), Optional.empty(),
                new RelaydOptions.BackendOption.RecordTo(BothSides.in(folder, "kernel")),
                Optional.of(BothSides.in(folder, "relayd.sock")), DiagnosticStyle.HUMAN, false, Optional.empty(),
                Duration.ofSeconds(1), false);
    }

    private static String talk(Socket client) throws IOException {
        try (client) {
            client.getOutputStream().write("GET / HTTP/1.0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            return new String(client.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
        }
    }

    private static boolean serves(int port) throws IOException {
        return talk(new Socket(InetAddress.getLoopbackAddress(), port)).endsWith("127.0.0.1");
    }

    private static void await(BooleanSupplier condition, String what) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (!condition.getAsBoolean()) {
            assertTrue(System.nanoTime() < end, what);
            LockSupport.parkNanos(1_000_000);
        }
    }

    @Test
    void aWorkerAsItShouldBeIsRefusedNothing() throws Exception {
        try (NamedOrigin origin = NamedOrigin.start("127.0.0.1", 0);
                BothSides sides = new BothSides(options(write(configuration(origin.port(), ""))))) {
            sides.begin();
            await(() -> sides.lines.stream().anyMatch(line -> line.contains("state up")), "the script has run");
            assertTrue(serves(plain));
            assertTrue(talk(TlsPeers.trusting(ROOT).connect(secure)).endsWith("127.0.0.1"));
            sides.reopen();
            write(configuration(origin.port(), """
                    relay more {
                            listen on 127.0.0.1 port %d
                            forward to 127.0.0.1 port %d
                    }
                    """.formatted(later, origin.port())));
            sides.reload();
            await(() -> sides.reports.contains(new Report.Committed(2)), "the reload is committed");
            assertTrue(serves(later));
            write("nonsense\n");
            sides.reload();
            assertTrue(serves(plain));
            assertEquals(List.of(), sides.refusals());
            sides.end();
            sides.begin();
            assertTrue(serves(later), "the next worker has the plan of the last");
            sides.end();
            assertEquals(List.of(), sides.refusals());
        }
    }

    @Test
    void clientsOfAWorkerThatHasDiedWaitForTheNextOne() throws Exception {
        try (NamedOrigin origin = NamedOrigin.start("127.0.0.1", 0);
                BothSides sides = new BothSides(options(write(configuration(origin.port(), ""))))) {
            sides.begin();
            await(() -> sides.lines.stream().anyMatch(line -> line.contains("state up")), "the script has run");
            assertTrue(serves(plain));
            sides.die();
            try (Socket waiting = new Socket(InetAddress.getLoopbackAddress(), plain)) {
                sides.begin();
                assertTrue(talk(waiting).endsWith("127.0.0.1"), "no check has to end before");
            }
            sides.reload();
            assertTrue(serves(plain));
            sides.end();
            assertEquals(List.of(), sides.refusals());
        }
    }
}
