package org.relayd.runtime.parent.door;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.relayd.runtime.parent.door.DoorPlans.LOOPBACK;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.relayd.ir.config.HostId;
import org.relayd.ir.config.Protocol.TcpSettings;
import org.relayd.ir.config.RedirectId;
import org.relayd.ir.config.TableId;
import org.relayd.ir.net.IpAddress;
import org.relayd.ir.net.IpFamily;
import org.relayd.ir.net.Port;
import org.relayd.ir.plan.RelayNode;
import org.relayd.ir.term.HostState;
import org.relayd.runtime.parent.ListenRequest;
import org.relayd.runtime.parent.ScriptRun;
import org.relayd.runtime.parent.message.Report;
import org.relayd.runtime.parent.message.Request;
import org.relayd.runtime.relay.Paths;
import org.relayd.runtime.tls.OctetString;

class PermitsTest {
    private static final OctetString DER = new OctetString(new byte[]{1});
    private static final InetSocketAddress CLIENT = new InetSocketAddress("192.0.2.9", 4711);

    private static Permits of(Paths... relays) {
        DoorPlans plans = new DoorPlans("/dev/null");
        Stream.of(relays).forEach(plans::relay);
        return Permits.of(plans.build(), "/var/run/relayd.sock");
    }

    private static void allows(Permits permits, Request... requests) {
        Stream.of(requests).forEach(request -> assertTrue(permits.allow(request), request::toString));
    }

    private static void refuses(Permits permits, Request... requests) {
        Stream.of(requests).forEach(request -> assertFalse(permits.allow(request), request::toString));
    }

    private static Request listen(IpAddress address, int port, TcpSettings tcp, boolean shared, boolean diverted) {
        return new Request.Listen(new ListenRequest(address, new Port(port), tcp, shared, diverted));
    }

    @Test
    void listenersAreThoseOfRelaysAloneAndShared() {
        Permits permits = of(new Paths().port(80), new Paths().port(53).dns());
        TcpSettings tcp = TcpSettings.defaults();
        allows(permits, listen(LOOPBACK, 80, tcp, false, false), listen(LOOPBACK, 80, tcp, true, false),
                new Request.Probe(DoorPlans.listener(80)), new Request.BindDatagram(LOOPBACK, new Port(53)));
        TcpSettings longer = new TcpSettings(Optional.empty(), Optional.empty(), true, OptionalInt.empty(),
                OptionalInt.of(7), OptionalInt.empty(), OptionalInt.empty());
        IpAddress all = IpAddress.parse("0.0.0.0").orElseThrow();
        refuses(permits, listen(LOOPBACK, 81, tcp, true, false), listen(all, 80, tcp, true, false),
                listen(LOOPBACK, 80, longer, true, false), listen(LOOPBACK, 80, tcp, true, true),
                listen(LOOPBACK, 53, tcp, true, false), new Request.Probe(DoorPlans.listener(22)),
                new Request.BindDatagram(LOOPBACK, new Port(80)), new Request.BindDatagram(all, new Port(53)));
        allows(of(DoorPlans.from(RelayNode.TargetSource.DESTINATION, 80)), listen(LOOPBACK, 80, tcp, true, true));
        refuses(of(DoorPlans.from(RelayNode.TargetSource.DESTINATION, 80)), listen(LOOPBACK, 80, tcp, true, false));
    }

    @Test
    void foreignAddressesAndTranslationsOnlyWhereARelayNeedsThem() {
        Request foreign = new Request.OpenForeign(IpAddress.parse("192.0.2.7").orElseThrow());
        Request other = new Request.OpenForeign(IpAddress.parse("2001:db8::7").orElseThrow());
        Request translation = new Request.NatLookup(CLIENT, CLIENT);
        refuses(of(new Paths().port(80)), foreign, other, translation);
        allows(of(new Paths().port(80).transparent()), foreign);
        refuses(of(new Paths().port(80).transparent()), other, translation);
        allows(of(DoorPlans.from(RelayNode.TargetSource.NAT_LOOKUP, 80)), translation);
        refuses(of(DoorPlans.from(RelayNode.TargetSource.DESTINATION, 80)), translation);
    }

    private static Request run(String path, String host, long millis) {
        return new Request.RunScript(new ScriptRun(path, host, Duration.ofMillis(millis)));
    }

    @Test
    void checksAreThoseOfTables() {
        Permits permits = of();
        allows(permits, new Request.OpenEcho(IpFamily.INET), run(DoorPlans.SCRIPT, "www.example.com", 200));
        refuses(permits, new Request.OpenEcho(IpFamily.INET6), run(DoorPlans.SCRIPT, "192.0.2.2", 200),
                run("/bin/sh", "www.example.com", 200), run(DoorPlans.SCRIPT, "www.example.com", 60_000),
                run("/bin/../bin/true", "www.example.com", 200));
        assertEquals(1, permits.checks().runs());
    }

    @Test
    void filesAreThoseOfThePlanAsWritten() {
        Permits permits = of(DoorPlans.logged(80, "/var/log/relayd/www.log"));
        String log = "/var/log/relayd/www.log";
        allows(permits, new Request.ListenControl("/var/run/relayd.sock"), new Request.OpenLog(log),
                new Request.FollowLog(log, "x"), new Request.DiscardLog(log));
        refuses(permits, new Request.ListenControl("/var/run/other.sock"),
                new Request.OpenLog("/var/log/relayd/../relayd/www.log"), new Request.OpenLog("/etc/passwd"),
                new Request.FollowLog("/etc/passwd", "x"), new Request.DiscardLog("/etc/passwd"));
    }

    @Test
    void certificatesAndKeysEachForWhatTheyAre() {
        Permits permits = of(DoorPlans.inspecting(443));
        allows(permits, new Request.ReadPublic(DoorPlans.CERTIFICATE), new Request.ReadPublic(DoorPlans.STAPLE),
                new Request.ReadPublic(DoorPlans.AUTHORITY), new Request.ReadPublic(DoorPlans.TRUSTED),
                new Request.OpenKey(DoorPlans.KEY, DER), new Request.OpenAuthority(DoorPlans.AUTHORITY_KEY, DER),
                new Request.SignLeaf(1, DER), new Request.CloseKey(1), new Request.OpenKeyStream());
        refuses(permits, new Request.ReadPublic("/etc/shadow"), new Request.ReadPublic(DoorPlans.KEY),
                new Request.ReadPublic(DoorPlans.AUTHORITY_KEY), new Request.OpenKey(DoorPlans.AUTHORITY_KEY, DER),
                new Request.OpenAuthority(DoorPlans.KEY, DER),
                new Request.SignLeaf(1, new OctetString(new byte[Permits.LONGEST_LEAF + 1])));
        refuses(of(DoorPlans.secure(443)), new Request.ReadPublic(DoorPlans.AUTHORITY),
                new Request.OpenAuthority(DoorPlans.AUTHORITY_KEY, DER), new Request.SignLeaf(1, DER));
        refuses(of(new Paths().port(80)), new Request.OpenKeyStream(), new Request.OpenKey(DoorPlans.KEY, DER));
    }

    @Test
    void reportsAreAboutWhatThePlanHas() {
        Permits permits = of();
        assertTrue(permits.concerns(new Report.HostChanged(DoorPlans.SCRIPTED, HostState.UP)));
        assertTrue(permits.concerns(new Report.RedirectSwitched(DoorPlans.REDIRECT, true)));
        assertFalse(permits.concerns(new Report.HostChanged(new HostId(99), HostState.UP)));
        assertFalse(permits.concerns(new Report.HostSwitched(new HostId(99), true)));
        assertFalse(permits.concerns(new Report.TableSwitched(new TableId(99), true)));
        assertFalse(permits.concerns(new Report.RedirectSwitched(new RedirectId(99), true)));
        assertTrue(Permits.nothing().concerns(new Report.Alive()));
    }
}
