package org.relayd.runtime.hce.check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.relayd.ir.config.HealthCheck;
import org.relayd.ir.config.Host;
import org.relayd.ir.config.HostId;
import org.relayd.ir.config.Table;
import org.relayd.ir.config.TableId;
import org.relayd.ir.net.IpAddress;
import org.relayd.ir.net.IpFamily;
import org.relayd.ir.net.Port;
import org.relayd.ir.plan.HealthPlan;
import org.relayd.ir.term.CheckResult;
import org.relayd.ir.term.HostState;
import org.relayd.runtime.EngineThread;
import org.relayd.runtime.RecordedLog;
import org.relayd.runtime.SocketKind;
import org.relayd.runtime.relay.http.AnswerReader;
import org.relayd.runtime.tls.jdk.JdkTls;
import org.relayd.runtime.parent.CheckRights;
import org.relayd.runtime.parent.local.LocalChecks;
import org.relayd.runtime.parent.OpenSocket;
import org.relayd.runtime.parent.ScriptRun;
import org.relayd.runtime.parent.linux.IcmpSockets;

/** ICMP checks against this machine. Skipped where neither raw nor echo sockets may be opened. */
class IcmpCheckerTest {
    private static final HealthCheck ICMP = new HealthCheck.Icmp();
    private final LocalChecks rights = new LocalChecks();

    private static Host host(String address, OptionalInt ttl) {
        return new Host(new HostId(7), address, IpAddress.parse(address).orElseThrow(), Optional.empty(), 0, ttl,
                OptionalInt.empty());
    }

    private static HealthPlan plan(Host host) {
        Table table = new Table(new TableId(1), "t:0", "t", new Port(0), false, false, Optional.of(ICMP),
                Duration.ofMillis(200), Duration.ofSeconds(10), Optional.empty(), Optional.empty(), List.of(host),
                Table.Leftovers.none());
        return new HealthPlan(Duration.ofSeconds(10), List.of(table), List.of());
    }

    private static CheckResult check(CheckRights rights, Host host, Duration timeout) throws Exception {
        try (EngineThread engine = EngineThread.start(SocketKind.ofThisMachine());
                Checkers checkers = new Checkers(new CheckSockets(engine.loop(), engine.sockets()), rights,
                        AnswerReader::new, 1,
                        new RecordedLog(false), JdkTls::new)) {
            checkers.prepare(plan(host));
            CompletableFuture<CheckResult> result = new CompletableFuture<>();
            engine.loop()
                    .execute(() -> checkers.apply(ICMP).start(
                            new CheckTarget(host, new Port(0), timeout, Optional.empty()),
                            outcome -> result.complete(outcome.result())));
            return result.get(30, TimeUnit.SECONDS);
        }
    }

    private void assumeAllowed(IpFamily family) {
        assumeTrue(SocketKind.ofThisMachine() == SocketKind.NATIVE, "no native sockets here");
        boolean allowed;
        try {
            rights.openEcho(family).socket().close();
            allowed = true;
        } catch (IOException refused) {
            allowed = false;
        }
        assumeTrue(allowed, "no ICMP sockets here");
    }

    @Test
    void thisMachineAnswers() throws Exception {
        assumeAllowed(IpFamily.INET);
        Duration patience = Duration.ofSeconds(20);
        assertEquals(CheckResult.ICMP_OK, check(rights, host("127.0.0.1", OptionalInt.empty()), patience));
        assertEquals(CheckResult.ICMP_OK, check(rights, host("127.0.0.1", OptionalInt.of(1)), patience));
    }

    @Test
    void thisMachineAnswersOverIpv6() throws Exception {
        assumeAllowed(IpFamily.INET6);
        assertEquals(CheckResult.ICMP_OK,
                check(rights, host("::1", OptionalInt.of(3)), Duration.ofSeconds(20)));
    }

    @Test
    void socketsForEchoesOnlyWorkToo() throws Exception {
        CheckRights echoOnly = new CheckRights() {
            @Override
            public EchoSocket openEcho(IpFamily family) throws IOException {
                return new EchoSocket(new OpenSocket.Descriptor(IcmpSockets.echo(family)), false);
            }

            @Override
            public void runScript(ScriptRun run, ScriptAnswer answer) {
                throw new AssertionError("no script here");
            }
        };
        assumeTrue(SocketKind.ofThisMachine() == SocketKind.NATIVE, "no native sockets here");
        boolean allowed;
        try {
            echoOnly.openEcho(IpFamily.INET).socket().close();
            allowed = true;
        } catch (IOException refused) {
            allowed = false;
        }
        assumeTrue(allowed, "net.ipv4.ping_group_range leaves us out");
        assertEquals(CheckResult.ICMP_OK,
                check(echoOnly, host("127.0.0.1", OptionalInt.empty()), Duration.ofSeconds(20)));
    }

    @Test
    void silenceIsATimeout() throws Exception {
        assumeAllowed(IpFamily.INET);
        // Class E: nobody has it, and Linux refuses to send there or drops what is sent.
        CheckResult result = check(rights, host("240.0.0.1", OptionalInt.empty()), Duration.ofMillis(100));
        assertEquals(HostState.DOWN, result.verdict(), result.text());
    }

    @Test
    void aRefusedSocketIsNamed() {
        IOException refused = assertThrows(IOException.class, () -> check(new NoRights(),
                host("127.0.0.1", OptionalInt.empty()), Duration.ofSeconds(1)));
        assertEquals("check icmp: Operation not permitted: it needs root, the capability CAP_NET_RAW, or leave for the "
                + "group of relayd: sysctl -w net.ipv4.ping_group_range='0 2147483647'", refused.getMessage());
    }
}
