package org.relayd.runtime.parent.door;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.relayd.ir.net.IpAddress;
import org.relayd.ir.net.IpFamily;
import org.relayd.ir.net.Port;
import org.relayd.runtime.parent.ScriptRun;
import org.relayd.runtime.parent.codec.ArbitraryFrames;
import org.relayd.runtime.parent.message.Frame;
import org.relayd.runtime.parent.message.Report;
import org.relayd.runtime.parent.message.Request;
import org.relayd.runtime.tls.OctetString;

/** Whatever a worker says, each request is answered once, and nothing is left of it but what is stored. */
public class DoorPropertyTest {
    private static final OctetString DER = new OctetString(new byte[1]);

    private final FuzzedDoor door = new FuzzedDoor();

    /** Returns what the plan asks for and what can be said of it, so that not all is refused. */
    public static Stream<Frame.FromWorker> permittedFrames() {
        Stream<Request> requests = Stream.of(new Request.Listen(DoorPlans.listener(80)),
                new Request.Listen(DoorPlans.listener(443)), new Request.Probe(DoorPlans.listener(81)),
                new Request.BindDatagram(DoorPlans.LOOPBACK, new Port(53)),
                new Request.OpenForeign(IpAddress.parse("192.0.2.7").orElseThrow()),
                new Request.OpenEcho(IpFamily.INET),
                new Request.RunScript(new ScriptRun(DoorPlans.SCRIPT, "www.example.com", DoorPlans.TIMEOUT)),
                new Request.ListenControl("/var/run/relayd.sock"),
                new Request.RemoveControl("/var/run/relayd.sock", "identity"), new Request.OpenLog("/var/log/a"),
                new Request.FollowLog("/var/log/a", "other"), new Request.DiscardLog("/var/log/a"),
                new Request.OpenKey(DoorPlans.KEY, DER), new Request.SignLeaf(1, DER),
                new Request.OpenFilter(1, false), new Request.CountConnections(), new Request.CloseFilter(),
                new Request.OpenRoutes(1, false), new Request.RepairRoutes(),
                new Request.Reload(Optional.empty()));
        Stream<Report> reports = Stream.of(new Report.Serving(), new Report.Committed(2),
                new Report.Abandoned(2), new Report.Committed(3));
        return Stream.concat(requests.map(request -> new Frame.Ask(7, request)), reports.map(Frame.Say::new));
    }

    @Provide
    static Arbitrary<List<Frame.FromWorker>> conversations() {
        return Arbitraries.oneOf(Arbitraries.of(permittedFrames().toList()), ArbitraryFrames.of(Frame.FromWorker.class))
                .list().ofMaxSize(60);
    }

    @Property(tries = 300, seed = "14", edgeCases = EdgeCasesMode.NONE)
    void eachRequestIsAnsweredOnce(@ForAll("conversations") List<Frame.FromWorker> frames) throws IOException {
        long before = door.left();
        door.serve(frames);
        assertEquals(before, door.left());
    }
}
