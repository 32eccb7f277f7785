package org.relayd.runtime.parent.door;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.relayd.ir.config.HostId;
import org.relayd.ir.config.RedirectId;
import org.relayd.ir.config.TableId;
import org.relayd.ir.net.Port;
import org.relayd.ir.plan.Plan;
import org.relayd.ir.term.HostState;
import org.relayd.runtime.FreePorts;
import org.relayd.runtime.parent.OpenSocket;
import org.relayd.runtime.parent.ScriptRun;
import org.relayd.runtime.parent.message.Frame;
import org.relayd.runtime.parent.message.Reply;
import org.relayd.runtime.parent.message.Report;
import org.relayd.runtime.parent.message.Request;
import org.relayd.runtime.platform.FilterOperation;
import org.relayd.runtime.relay.Paths;

/** A worker that somebody has taken over speaks the interface and asks for everything outside of its configuration. */
@EnabledOnOs(OS.LINUX)
@Timeout(120)
class HostileWorkerTest {
    private static final int FLOOD = 10_000;
    private static final Path LIST = Path.of("target", "hostile-worker.md");

    @TempDir
    private Path folder;

    private final int port = FreePorts.next();
    private final int dns = FreePorts.next();
    private final List<String> rows = new ArrayList<>();
    private OpenDoor door;

    @BeforeEach
    void open() throws IOException {
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        Files.writeString(folder.resolve("slow.sh"), "#!/bin/sh\nexec sleep 30\n");
        Files.setPosixFilePermissions(folder.resolve("slow.sh"), PosixFilePermissions.fromString("rwxr-xr-x"));
        Files.writeString(folder.resolve("precious"), "mine\n");
        Path logs = Files.createDirectory(folder.resolve("logs"));
        Files.setPosixFilePermissions(logs, PosixFilePermissions.fromString("rwxrwxrwx"));
        door = new OpenDoor(folder.resolve("kernel"));
    }

    @AfterEach
    void close() {
        door.close();
    }

    private Plan plan() {
        return new DoorPlans(folder.resolve("kernel").toString()).script(script()).relay(new Paths().port(port))
                .relay(new Paths().port(dns).dns()).relay(DoorPlans.secure(FreePorts.next()))
                .relay(DoorPlans.logged(FreePorts.next(), log())).build();
    }

    private String script() {
        return folder.resolve("slow.sh").toString();
    }

    private String log() {
        return folder.resolve("logs/access.log").toString();
    }

    /** Gets what a worker gets that is as it should be. */
    private void begin(boolean socket) throws IOException {
        if (socket) {
            door.die();
            door.connectOverSocket();
        }
        String control = folder.resolve("control.sock").toString();
        door.begin(plan(), control);
        for (Request own : List.of(new Request.Listen(DoorPlans.listener(port)),
                new Request.Listen(DoorPlans.listener(port)),
                new Request.BindDatagram(DoorPlans.LOOPBACK, new Port(dns)), new Request.ListenControl(control))) {
            new OpenSocket.Descriptor(door.socket(own)).discard();
        }
    }

    private void row(String tried, String answer) {
        rows.add("| " + tried + " | " + answer.replace("\n", " ") + " |");
    }

    private void refused(String purpose, Request request) throws IOException {
        Reply.Refused refused = assertInstanceOf(Reply.Refused.class, door.ask(request), purpose);
        assertEquals("the configuration does not ask for that", refused.text(), purpose);
        row(purpose + ": " + RequestWords.of(request), refused.text());
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void everythingOutsideOfTheConfigurationIsRefused(boolean socket) throws Exception {
        begin(socket);
        List<ListeningStore.Held> sockets = door.sockets.all();
        List<HostileRequests.Attempt> attempts = HostileRequests.all(port, dns, script(), folder);
        assertTrue(attempts.size() >= 60, () -> "only " + attempts.size());
        for (HostileRequests.Attempt attempt : attempts) {
            refused(attempt.purpose(), attempt.request());
        }
        assertEquals(sockets, door.sockets.all());
        assertEquals(List.of(), door.keys.asked);
        assertFalse(Files.exists(folder.resolve("kernel")), "the kernel was asked for nothing");
        assertTrue(door.log.lines().stream().allMatch(line -> line.lines().count() == 1
                && line.startsWith("worker asked for what the configuration does not say: ")), door.log::toString);
        assertEquals(attempts.stream().map(attempt -> attempt.request().getClass()).distinct().count(),
                door.log.lines().size(), "each kind is said once");
        onOpenKernel();
        wrongOrder();
        lies();
        links();
        outstandingScripts();
        if (socket) {
            Files.createDirectories(LIST.getParent());
            Files.writeString(LIST, "# What a hostile worker has tried\n\n| tried | answer |\n|---|---|\n"
                    + String.join("\n", rows) + "\n");
        }
    }

    private void onOpenKernel() throws IOException {
        for (Request own : List.of(new Request.OpenFilter(1, false), new Request.OpenRoutes(1, false),
                new Request.OpenDemotion(Set.of("carp")))) {
            assertEquals(new Reply.Done(), door.ask(own));
        }
        List<String> before = Files.readAllLines(folder.resolve("kernel"));
        for (HostileRequests.Attempt attempt : HostileRequests.onOpenKernel()) {
            refused(attempt.purpose(), attempt.request());
        }
        assertEquals(before, Files.readAllLines(folder.resolve("kernel")));
    }

    private void wrongOrder() throws IOException {
        door.ask(new Request.CloseFilter());
        refused("rules after redirections were closed",
                new Request.ApplyFilter(List.of(new FilterOperation.LoadRules(DoorPlans.REDIRECT))));
        assertEquals(new Reply.Done(), door.ask(new Request.OpenFilter(1, true)));
        refused("rules where redirections were opened empty",
                new Request.ApplyFilter(List.of(new FilterOperation.LoadRules(DoorPlans.REDIRECT))));
        assertEquals(new Reply.Done(), door.ask(new Request.ChangeDemotion("carp", 1)));
        refused("demotion by more tables than there are", new Request.ChangeDemotion("carp", 1));
        assertEquals(new Reply.PlanRefused(List.of("no file")),
                door.ask(new Request.Reload(Optional.of("/etc/shadow"))));
        row("reload of /etc/shadow", "what the desk of plans says, which quotes no line");
        refused("redirections of a plan that was refused", new Request.OpenFilter(2, false));
    }

    private void lies() throws IOException {
        List<Report> before = List.copyOf(door.reports);
        List<Report> lies = List.of(new Report.Committed(2), new Report.Committed(77), new Report.Abandoned(1),
                new Report.Abandoned(99), new Report.HostChanged(new HostId(99), HostState.UP),
                new Report.HostSwitched(new HostId(98), false), new Report.TableSwitched(new TableId(99), false),
                new Report.RedirectSwitched(new RedirectId(99), true));
        lies.forEach(door::say);
        door.settle();
        assertEquals(before, door.reports);
        assertEquals(List.of(), door.plans.heard);
        lies.forEach(lie -> row("says " + RequestWords.clean(lie.toString()), "not believed, logged"));
    }

    private void links() throws IOException {
        Files.createSymbolicLink(Path.of(log()), folder.resolve("precious"));
        Reply.Refused refused = assertInstanceOf(Reply.Refused.class, door.ask(new Request.OpenLog(log())));
        assertEquals("a symbolic link in a folder that others can change", refused.text());
        row("a link to any file in place of the access log", refused.text());
        Files.delete(Path.of(log()));
        Files.createDirectory(Path.of(log()));
        refused = assertInstanceOf(Reply.Refused.class, door.ask(new Request.OpenLog(log())));
        row("a folder in place of the access log", refused.text());
        assertEquals("mine\n", Files.readString(folder.resolve("precious")));
    }

    private void outstandingScripts() throws IOException, InterruptedException {
        Request run = new Request.RunScript(new ScriptRun(script(), "www.example.com", DoorPlans.TIMEOUT));
        long began = System.nanoTime();
        Thread flood = Thread.ofVirtual().start(() -> IntStream.range(0, FLOOD).forEach(_ -> door.send(run)));
        int refused = 0;
        for (int i = 0; i < FLOOD; i++) {
            Frame.Answer answer = (Frame.Answer) door.worker().receive().orElseThrow().frame();
            refused += answer.reply() instanceof Reply.Refused ? 1 : 0;
        }
        flood.join();
        // Each takes as long as its limit, so that this many can have followed each other.
        long turns = Math.ceilDiv(System.nanoTime() - began, DoorPlans.TIMEOUT.toNanos());
        long most = 4 * (2 + turns);
        assertTrue(FLOOD - refused <= most, "ran " + (FLOOD - refused) + " in " + turns + " turns");
        assertEquals(new Reply.Done(), door.ask(new Request.CloseDemotion()));
        row(FLOOD + " outstanding scripts", "too many requests are under way; " + (FLOOD - refused) + " ran");
    }
}
