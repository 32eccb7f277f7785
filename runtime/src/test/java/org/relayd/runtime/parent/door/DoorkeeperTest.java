package org.relayd.runtime.parent.door;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.relayd.ir.config.HostId;
import org.relayd.ir.net.Port;
import org.relayd.ir.plan.Plan;
import org.relayd.ir.term.HostState;
import org.relayd.runtime.FreePorts;
import org.relayd.runtime.parent.OpenFile;
import org.relayd.runtime.parent.OpenSocket;
import org.relayd.runtime.parent.ScriptEnd;
import org.relayd.runtime.parent.ScriptRun;
import org.relayd.runtime.parent.link.Line;
import org.relayd.runtime.parent.message.Frame.FromParent;
import org.relayd.runtime.parent.message.Reply;
import org.relayd.runtime.parent.message.Report;
import org.relayd.runtime.parent.message.Request;
import org.relayd.runtime.platform.FilterOperation;
import org.relayd.runtime.relay.Paths;
import org.relayd.runtime.tls.OctetString;

@EnabledOnOs(OS.LINUX)
@Timeout(60)
class DoorkeeperTest {
    @TempDir
    private Path folder;

    private final int port = FreePorts.next();
    private final int other = FreePorts.next();
    private OpenDoor door;

    @BeforeEach
    void open() {
        door = new OpenDoor(folder.resolve("kernel"));
    }

    @AfterEach
    void close() {
        door.close();
    }

    private String control() {
        return folder.resolve("control.sock").toString();
    }

    private Plan plan(Paths... relays) {
        DoorPlans plans = new DoorPlans(folder.resolve("kernel").toString());
        for (Paths relay : relays) {
            plans.relay(relay);
        }
        return plans.build();
    }

    private static void discard(int descriptor) {
        new OpenSocket.Descriptor(descriptor).discard();
    }

    private void refused(Request request) throws Exception {
        Reply.Refused refused = assertInstanceOf(Reply.Refused.class, door.ask(request), request::toString);
        assertEquals("the configuration does not ask for that", refused.text());
        assertEquals(request instanceof Request.OfKernel, refused.kernel());
        assertEquals(Optional.empty(), refused.errno());
    }

    @Test
    void nothingIsPermittedBeforeThereIsAPlan() throws Exception {
        refused(new Request.Listen(DoorPlans.listener(port)));
        refused(new Request.Reload(Optional.empty()));
        door.say(new Report.Alive());
        assertEquals(1, door.begin(plan(new Paths().port(port)), control()).bundle().plan());
        discard(door.socket(new Request.Listen(DoorPlans.listener(port))));
        refused(new Request.First());
        assertEquals(List.of(new Report.Alive()), door.reports);
        assertEquals("worker asked for what the configuration does not say: listen 127.0.0.1 port " + port,
                door.log.lines().getFirst());
    }

    @Test
    void thereIsNoPlan() throws Exception {
        assertEquals(new Reply.PlanRefused(List.of("no file")), door.ask(new Request.First()));
        door.say(new Report.CannotStart(List.of("no file")));
        door.settle();
        assertEquals(List.of(new Report.CannotStart(List.of("no file"))), door.reports);
    }

    @Test
    void eachLoopHasASocketAndTheSystemsRefusalKeepsItsNumber() throws Exception {
        door.begin(plan(new Paths().port(port), new Paths().port(other), new Paths().port(other).dns()), control());
        discard(door.socket(new Request.Listen(DoorPlans.listener(port))));
        discard(door.socket(new Request.Listen(DoorPlans.listener(port))));
        refused(new Request.Listen(DoorPlans.listener(port)));
        try (ServerSocket _ = new ServerSocket(other, 1, InetAddress.getLoopbackAddress())) {
            assertEquals(new Reply.Refused(Optional.of(98), "Address already in use", false),
                    door.ask(new Request.Listen(DoorPlans.listener(other))));
        }
        discard(door.socket(
                new Request.BindDatagram(DoorPlans.LOOPBACK, new Port(other))));
        assertEquals(new Reply.Done(), door.ask(new Request.Probe(DoorPlans.listener(other))));
    }

    @Test
    void aWorkerThatDiesLeavesItsListenersToTheNext() throws Exception {
        Plan plan = plan(new Paths().port(port));
        door.begin(plan, control());
        discard(door.socket(new Request.Listen(DoorPlans.listener(port))));
        discard(door.socket(new Request.ListenControl(control())));
        door.say(new Report.HostChanged(DoorPlans.PINGED, HostState.UP));
        door.settle();
        door.die();
        OpenDoor.await(() -> door.keys.ends.get() == 1);
        try (Socket client = new Socket()) {
            client.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            door.connect(100);
            assertEquals(Set.of(DoorPlans.PINGED), door.begin(plan, control()).before().hosts().keySet());
            discard(door.socket(new Request.Listen(DoorPlans.listener(port))));
            discard(door.socket(new Request.ListenControl(control())));
            assertEquals(2, door.sockets.all().size());
        }
    }

    @Test
    void aReloadChangesWhatIsPermitted() throws Exception {
        door.begin(plan(new Paths().port(port)), control());
        discard(door.socket(new Request.Listen(DoorPlans.listener(port))));
        door.say(new Report.Serving());
        door.plans.add(2, plan(new Paths().port(other)), control());
        refused(new Request.Listen(DoorPlans.listener(other)));
        assertEquals(2, assertInstanceOf(Reply.Bundle.class, door.ask(new Request.Reload(Optional.empty()))).plan());
        discard(door.socket(new Request.Listen(DoorPlans.listener(other))));
        assertEquals(2, door.sockets.all().size());
        door.say(new Report.Committed(2));
        refused(new Request.Listen(DoorPlans.listener(port)));
        assertEquals(List.of("committed 2"), door.plans.heard);
        assertEquals(1, door.sockets.all().size());
    }

    @Test
    void aPlanThatIsAbandonedLeavesNothing() throws Exception {
        door.begin(plan(DoorPlans.secure(port)), control());
        discard(door.socket(new Request.Listen(DoorPlans.listener(port))));
        door.say(new Report.Serving());
        door.plans.add(2, plan(new Paths().port(other)), control());
        door.ask(new Request.Reload(Optional.empty()));
        discard(door.socket(new Request.Listen(DoorPlans.listener(other))));
        door.say(new Report.Abandoned(2));
        refused(new Request.Listen(DoorPlans.listener(other)));
        assertEquals(List.of("abandoned 2"), door.plans.heard);
        assertEquals(1, door.sockets.all().size());
        assertEquals(Set.of(DoorPlans.KEY), door.keys.kept.getLast());
        door.plans.add(3, plan(new Paths().port(port)), control());
        door.ask(new Request.Reload(Optional.empty()));
        door.plans.add(4, plan(new Paths().port(port)), control());
        door.ask(new Request.Reload(Optional.empty()));
        assertEquals(List.of("abandoned 2", "abandoned 3"), door.plans.heard);
    }

    @Test
    void socketsOfTheWorkerBeforeStayUntilTheNextServes() throws Exception {
        Plan plan = plan(new Paths().port(port));
        door.begin(plan, control());
        discard(door.socket(new Request.Listen(DoorPlans.listener(port))));
        door.settle();
        door.die();
        door.connect(100);
        door.begin(plan, control());
        door.say(new Report.Committed(1));
        door.settle();
        assertEquals(1, door.sockets.all().size());
        door.say(new Report.Serving());
        door.settle();
        assertEquals(0, door.sockets.all().size());
    }

    @Test
    void accessLogsOfFormerPlansAreFollowedAsLongAsTheirSessionsGoOn() throws Exception {
        String path = folder.resolve("access.log").toString();
        door.begin(plan(DoorPlans.logged(port, path)), control());
        Line.Arrived<FromParent> opened = door.answer(new Request.OpenLog(path));
        OpenFile.Descriptor file = new OpenFile.Descriptor(opened.descriptor().orElseThrow());
        file.write(ByteBuffer.wrap("line\n".getBytes(StandardCharsets.US_ASCII)));
        file.close();
        assertEquals("line\n", Files.readString(Path.of(path)));
        door.plans.add(2, plan(new Paths().port(port)), control());
        door.ask(new Request.Reload(Optional.empty()));
        door.say(new Report.Committed(2));
        refused(new Request.OpenLog(path));
        assertInstanceOf(Reply.OpenedLog.class, door.ask(new Request.FollowLog(path, "another")));
        assertEquals(new Reply.Done(), door.ask(new Request.DiscardLog(path)));
    }

    @Test
    void scriptsRunAndTheKernelIsAskedInOrder() throws Exception {
        door.begin(plan(), control());
        assertEquals(new Reply.Ended(new ScriptEnd.Exited(0)), door.ask(
                new Request.RunScript(new ScriptRun(DoorPlans.SCRIPT, "www.example.com", DoorPlans.TIMEOUT))));
        door.send(new Request.OpenFilter(1, false));
        door.send(new Request.ApplyFilter(List.of(
                new FilterOperation.SetHosts(DoorPlans.REDIRECT, List.of(DoorPlans.PINGED)),
                new FilterOperation.LoadRules(DoorPlans.REDIRECT))));
        assertEquals(new Reply.Done(), door.ask(new Request.CloseFilter()));
        refused(new Request.ApplyFilter(List.of(new FilterOperation.LoadRules(DoorPlans.REDIRECT))));
        assertTrue(Files.readAllLines(folder.resolve("kernel")).size() >= 3);
    }

    @Test
    void keysAreAskedOfTheirDesk() throws Exception {
        door.begin(plan(DoorPlans.inspecting(port)), control());
        assertEquals(new Reply.Key(1, "print"),
                door.ask(new Request.OpenKey(DoorPlans.KEY, new OctetString(new byte[1]))));
        assertEquals(new Reply.Refused(Optional.empty(), "no key 7", false),
                door.ask(new Request.SignLeaf(7, new OctetString(new byte[1]))));
        refused(new Request.ReadPublic("/etc/shadow"));
        assertEquals(2, door.keys.asked.size());
    }

    @Test
    void whatAWorkerSaysOfWhatIsNotThereIsNotBelieved() throws Exception {
        door.begin(plan(), control());
        door.say(new Report.HostChanged(new HostId(99), HostState.UP));
        door.say(new Report.Committed(7));
        door.say(new Report.Abandoned(1));
        door.settle();
        assertEquals(List.of(), door.reports);
        assertEquals(List.of(), door.plans.heard);
        assertEquals(3, door.log.lines().stream().filter(line -> line.startsWith("worker said what cannot be: "))
                .count());
    }

    @Test
    void aWorkerThatDoesNotReadIsNotReadEither() throws Exception {
        door.die();
        door.connect(8);
        door.plans.add(1, plan(), control());
        door.send(new Request.First());
        IntStream.range(0, 16).forEach(_ -> door.send(new Request.RepairRoutes()));
        int most = 8 + 8 + 1 + Doorkeeper.MOST_OF_KERNEL + 1;
        Thread flood = Thread.ofVirtual().start(() -> IntStream.range(0, 10 * most)
                .forEach(_ -> door.send(new Request.Listen(DoorPlans.listener(port)))));
        assertTrue(!flood.join(Duration.ofMillis(300)), "the flood stands");
        for (int i = 0; i < 17 + 10 * most; i++) {
            assertTrue(door.worker().receive().isPresent());
        }
        assertTrue(flood.join(Duration.ofSeconds(10)));
    }
}
