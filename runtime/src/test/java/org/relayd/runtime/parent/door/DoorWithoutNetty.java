package org.relayd.runtime.parent.door;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.relayd.ir.net.IpFamily;
import org.relayd.ir.net.Port;
import org.relayd.ir.plan.Plan;
import org.relayd.ir.term.HostState;
import org.relayd.runtime.FreePorts;
import org.relayd.runtime.parent.ScriptRun;
import org.relayd.runtime.parent.message.Report;
import org.relayd.runtime.parent.message.Request;
import org.relayd.runtime.platform.FilterOperation;
import org.relayd.runtime.relay.Paths;
import org.relayd.runtime.tls.OctetString;

/** Serves a worker over a socket, in a process of its own that has no class of Netty. */
public final class DoorWithoutNetty {
    private DoorWithoutNetty() {}

    /** Does all of it in a folder. */
    public static void main(String... words) throws IOException {
        Path folder = Path.of(words[0]);
        int port = FreePorts.next();
        int dns = FreePorts.next();
        int taken = FreePorts.next();
        String log = folder.resolve("access.log").toString();
        String control = folder.resolve("control.sock").toString();
        Plan plan = new DoorPlans(folder.resolve("kernel").toString()).relay(DoorPlans.logged(port, log))
                .relay(new Paths().port(dns).dns()).relay(DoorPlans.inspecting(taken)).build();
        try (OpenDoor door = new OpenDoor(folder.resolve("kernel"))) {
            door.die();
            door.connectOverSocket();
            door.begin(plan, control);
            for (Request request : List.of(new Request.Probe(DoorPlans.listener(port)),
                    new Request.Listen(DoorPlans.listener(port)), new Request.Listen(DoorPlans.listener(25)),
                    new Request.BindDatagram(DoorPlans.LOOPBACK, new Port(dns)),
                    new Request.OpenEcho(IpFamily.INET),
                    new Request.RunScript(new ScriptRun(DoorPlans.SCRIPT, "www.example.com", DoorPlans.TIMEOUT)),
                    new Request.ListenControl(control), new Request.OpenLog(log),
                    new Request.FollowLog(log, "another"), new Request.DiscardLog(log),
                    new Request.OpenKey(DoorPlans.KEY, new OctetString(new byte[1])),
                    new Request.OpenFilter(1, false),
                    new Request.ApplyFilter(List.of(new FilterOperation.FlushHosts(DoorPlans.REDIRECT))),
                    new Request.CloseFilter(), new Request.ClearFootprint(), new Request.Reload(Optional.empty()))) {
                System.out.println(door.ask(request).getClass().getSimpleName());
            }
            door.say(new Report.HostChanged(DoorPlans.PINGED, HostState.UP));
            door.say(new Report.Serving());
            door.settle();
            door.log.lines().forEach(System.out::println);
        }
        System.out.println("done");
    }
}
