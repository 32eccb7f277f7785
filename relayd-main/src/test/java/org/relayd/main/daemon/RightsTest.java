package org.relayd.main.daemon;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.relayd.compiler.Compilation;
import org.relayd.compiler.CompilerOptions;
import org.relayd.compiler.RelaydCompiler;
import org.relayd.compiler.check.state.ExtensionPolicy;
import org.relayd.compiler.environment.FileEnvironment;
import org.relayd.compiler.lower.BackEnd;
import org.relayd.ir.image.KernelImage;
import org.relayd.ir.net.IpAddress;
import org.relayd.ir.net.IpFamily;
import org.relayd.ir.net.Port;
import org.relayd.ir.plan.Plan;
import org.relayd.runtime.FreePorts;
import org.relayd.runtime.SocketKind;
import org.relayd.runtime.parent.CheckRights;
import org.relayd.runtime.parent.ListenRequest;
import org.relayd.runtime.parent.OpenSocket;
import org.relayd.runtime.parent.RelayRights;
import org.relayd.runtime.parent.Rights;
import org.relayd.runtime.parent.local.LocalRights;
import org.relayd.runtime.platform.NatLookup;

/** The daemon does what needs rights by way of a door, and who carries it out is not who asks. */
@EnabledOnOs(OS.LINUX)
@Timeout(60)
class RightsTest {
    private static final IpAddress LOOPBACK = IpAddress.parse("127.0.0.1").orElseThrow();
    /** O_NONBLOCK and O_CLOEXEC of Linux. */
    private static final int NON_BLOCKING = 0_4000;
    private static final int CLOSED_BY_EXEC = 0_2000000;

    /** Waits for what comes on another thread. */
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

        T value() throws Exception {
            return value.get(10, TimeUnit.SECONDS);
        }
    }

    private static Plan plan(int port) {
        String configuration = """
                table <web> { 127.0.0.1 }
                dns protocol d
                relay names {
                        listen on 127.0.0.1 port %1$d
                        protocol d
                        forward to <web> port 53
                }
                relay translated {
                        listen on 127.0.0.3 port %1$d
                        forward to nat lookup
                }
                relay foreign {
                        listen on 127.0.0.2 port %1$d
                        transparent forward to <web> port 80 check icmp
                }
                """.formatted(port);
        Compilation compilation = RelaydCompiler.compile("relayd.conf",
                new CompilerOptions(Optional.empty(), List.of(), ExtensionPolicy.OPT_IN),
                new FileEnvironment(new FileEnvironment.Description(Map.of(), new LinkedHashMap<>(), Map.of(),
                        Optional.empty()), _ -> configuration.getBytes(StandardCharsets.UTF_8)));
        assertTrue(compilation.isAccepted(), () -> compilation.diagnostics().toString());
        return compilation.plan(new BackEnd.None()).orElseThrow();
    }

    private static LocalRights behind(NatLookup translations) {
        return new LocalRights(new KernelImage.Unheeded(List.of()), RandomGenerator.getDefault(), SocketKind.NATIVE,
                translations);
    }

    /** Event loops would hang at a socket that blocks. */
    private static void closeNonBlocking(OpenSocket socket) throws IOException {
        int number = assertInstanceOf(OpenSocket.Descriptor.class, socket).number();
        String flags = Files.readAllLines(Path.of("/proc/self/fdinfo/" + number)).stream()
                .filter(line -> line.startsWith("flags:")).findFirst().orElseThrow().substring(6).strip();
        assertEquals(NON_BLOCKING | CLOSED_BY_EXEC,
                Integer.parseInt(flags, 8) & (NON_BLOCKING | CLOSED_BY_EXEC), flags);
        socket.close();
    }

    @Test
    void translationsAndSocketsCrossTheDoor() throws Exception {
        InetSocketAddress meant = new InetSocketAddress("192.0.2.7", 443);
        int port = FreePorts.next();
        Plan plan = plan(port);
        try (LocalRights local = behind((_, _) -> Optional.of(meant));
                OfferedPlan offered = new OfferedPlan(plan, local)) {
            RelayRights relays = offered.rights().relays();
            Given<Optional<InetSocketAddress>> answer = new Given<>();
            relays.natLookup(meant, meant, answer);
            assertEquals(Optional.of(meant), answer.value());
            closeNonBlocking(relays.bindDatagram(LOOPBACK, new Port(port)));
            ListenRequest listen = new ListenRequest(IpAddress.parse("127.0.0.3").orElseThrow(), new Port(port),
                    plan.relays().paths().get(1).listen().tcp(), false, false);
            relays.probe(listen);
            closeNonBlocking(relays.listen(listen));
            assertEquals(Set.of("NatLookup", "BindDatagram", "Probe", "Listen"), offered.requests());
            assertEquals(List.of(), offered.log());
        }
    }

    @Test
    void whatTheConfigurationDoesNotAskForIsRefusedAndLogged() throws Exception {
        try (LocalRights local = behind(NatLookup.none());
                OfferedPlan offered = new OfferedPlan(plan(FreePorts.next()), local)) {
            assertEquals("the configuration does not ask for that", assertThrows(IOException.class,
                    () -> offered.rights().files().openLog("/etc/shadow")).getMessage());
            assertEquals(1, offered.log().size());
            assertTrue(offered.log().getFirst().contains("/etc/shadow"), offered.log()::toString);
        }
    }

    @Test
    @Tag("netns")
    void socketsThatNeedRootCrossTheDoor() throws Exception {
        try (LocalRights local = behind(NatLookup.none());
                OfferedPlan offered = new OfferedPlan(plan(FreePorts.next()), local)) {
            Given<OpenSocket> foreign = new Given<>();
            offered.rights().relays().openForeign(IpAddress.parse("192.0.2.7").orElseThrow(), foreign);
            closeNonBlocking(foreign.value());
            CheckRights.EchoSocket echo = offered.rights().checks().openEcho(IpFamily.INET);
            assertTrue(echo.raw());
            closeNonBlocking(echo.socket());
            assertEquals(Set.of("OpenForeign", "OpenEcho"), offered.requests());
        }
    }
}
