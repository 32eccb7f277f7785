package org.relayd.runtime.parent.remote;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntFunction;
import java.util.stream.Stream;
import org.relayd.ir.config.HostId;
import org.relayd.ir.config.Protocol.TcpSettings;
import org.relayd.ir.config.RedirectId;
import org.relayd.ir.config.RouteId;
import org.relayd.ir.config.RouterId;
import org.relayd.ir.image.KernelImage;
import org.relayd.ir.image.RedirectImage;
import org.relayd.ir.image.RouteImage;
import org.relayd.ir.net.IpAddress;
import org.relayd.ir.net.IpFamily;
import org.relayd.ir.net.Port;
import org.relayd.runtime.parent.CheckRights;
import org.relayd.runtime.parent.FileRights;
import org.relayd.runtime.parent.ListenRequest;
import org.relayd.runtime.parent.OpenFile;
import org.relayd.runtime.parent.OpenSocket;
import org.relayd.runtime.parent.Rights;
import org.relayd.runtime.parent.message.Reply;
import org.relayd.runtime.parent.message.Request;
import org.relayd.runtime.platform.FilterOperation;
import org.relayd.runtime.platform.RouteOperation;
import org.relayd.runtime.platform.TableChange;

/**
 * One of the rights: the call, the request that it must become, and what its reply must become.
 *
 * @param carries
 *            whether a descriptor comes with the reply
 * @param value
 *            what the call gives, by the descriptor; 0 if there is none
 */
record RightsRow(String name, Call call, Request request, Reply reply, boolean carries, IntFunction<Object> value) {
    static final int PLAN = 7;
    static final KernelImage IMAGE = new KernelImage.Unheeded(
            List.of(new RedirectImage(new RedirectId(1), "www", List.of())));
    static final RouteImage ROUTES = RouteImage.nothing();

    private static final IpAddress ADDRESS = IpAddress.parse("192.0.2.7").orElseThrow();
    private static final InetSocketAddress CLIENT = new InetSocketAddress("192.0.2.1", 1024);
    private static final InetSocketAddress LOCAL = new InetSocketAddress("192.0.2.2", 80);
    private static final ListenRequest LISTEN = new ListenRequest(ADDRESS, new Port(80), TcpSettings.defaults(), true,
            false);
    private static final RedirectId WWW = new RedirectId(1);
    private static final List<FilterOperation> ROUND = List.of(new FilterOperation.SetHosts(WWW,
            List.of(new HostId(1))), new FilterOperation.LoadRules(WWW));
    private static final List<RouteOperation> ROUTED = List
            .of(new RouteOperation.Add(new RouterId(1), new RouteId(1), new HostId(2)));
    private static final Object NOTHING = "nothing";

    /** A use of rights. */
    interface Call {
        Object of(Rights rights) throws Exception;
    }

    /** A use of rights that gives nothing. */
    interface Act {
        void of(Rights rights) throws Exception;
    }

    static Stream<RightsRow> all() {
        return Stream.of(relays(), files(), filter(), others()).flatMap(rows -> rows);
    }

    private static Stream<RightsRow> relays() {
        return Stream.of(carrying("listen", rights -> rights.relays().listen(LISTEN), new Request.Listen(LISTEN),
                new Reply.Socket(), OpenSocket.Descriptor::new),
                done("probe", rights -> rights.relays().probe(LISTEN), new Request.Probe(LISTEN)),
                carrying("bindDatagram", rights -> rights.relays().bindDatagram(ADDRESS, new Port(53)),
                        new Request.BindDatagram(ADDRESS, new Port(53)), new Reply.Socket(),
                        OpenSocket.Descriptor::new),
                carrying("openForeign", rights -> {
                    KeptAnswer<OpenSocket> answer = new KeptAnswer<>();
                    rights.relays().openForeign(ADDRESS, answer);
                    return answer.valueOrRefusal();
                }, new Request.OpenForeign(ADDRESS), new Reply.Socket(), OpenSocket.Descriptor::new),
                alone("natLookup", RightsRow::natLookup, new Request.NatLookup(CLIENT, LOCAL),
                        new Reply.Address(LOCAL), Optional.of(LOCAL)),
                alone("natLookup of what was not translated", RightsRow::natLookup,
                        new Request.NatLookup(CLIENT, LOCAL), new Reply.Nothing(), Optional.empty()),
                carrying("openEcho", rights -> rights.checks().openEcho(IpFamily.INET6),
                        new Request.OpenEcho(IpFamily.INET6), new Reply.EchoSocket(true),
                        number -> new CheckRights.EchoSocket(new OpenSocket.Descriptor(number), true)));
    }

    private static Object natLookup(Rights rights) throws Exception {
        KeptAnswer<Optional<InetSocketAddress>> answer = new KeptAnswer<>();
        rights.relays().natLookup(CLIENT, LOCAL, answer);
        return answer.valueOrRefusal();
    }

    private static Stream<RightsRow> files() {
        return Stream.of(
                carrying("listenControl", rights -> rights.files().listenControl("/run/sock"),
                        new Request.ListenControl("/run/sock"), new Reply.NamedSocket("inode"),
                        number -> new FileRights.NamedSocket(new OpenSocket.Descriptor(number), "inode")),
                done("removeControl", rights -> rights.files().removeControl("/run/sock", "inode"),
                        new Request.RemoveControl("/run/sock", "inode")),
                carrying("openLog", rights -> rights.files().openLog("/var/log/a"), new Request.OpenLog("/var/log/a"),
                        new Reply.OpenedLog("inode", true),
                        number -> new FileRights.LogFile(new OpenFile.Descriptor(number), "inode", true)),
                carrying("followLog", rights -> rights.files().followLog("/var/log/a", "inode"),
                        new Request.FollowLog("/var/log/a", "inode"), new Reply.OpenedLog("other", false),
                        number -> Optional
                                .of(new FileRights.LogFile(new OpenFile.Descriptor(number), "other", false))),
                alone("followLog of the same file", rights -> rights.files().followLog("/var/log/a", "inode"),
                        new Request.FollowLog("/var/log/a", "inode"), new Reply.Nothing(), Optional.empty()),
                done("discardLog", rights -> rights.files().discardLog("/var/log/a"),
                        new Request.DiscardLog("/var/log/a")));
    }

    private static Stream<RightsRow> filter() {
        return Stream.of(
                done("filter open", rights -> rights.kernel().filter().open(IMAGE),
                        new Request.OpenFilter(PLAN, false)),
                done("filter open without redirections", rights -> rights.kernel().filter().open(IMAGE.empty()),
                        new Request.OpenFilter(PLAN, true)),
                alone("filter apply", rights -> rights.kernel().filter().apply(ROUND),
                        new Request.ApplyFilter(ROUND), new Reply.Changes(List.of(new TableChange(WWW, 1, 2, 3, 4))),
                        List.of(new TableChange(WWW, 1, 2, 3, 4))),
                alone("filter connections", rights -> rights.kernel().filter().connections(),
                        new Request.CountConnections(), new Reply.Counts(Map.of(WWW, 5L)), Map.of(WWW, 5L)),
                done("filter rebalance", rights -> rights.kernel().filter().rebalance(),
                        new Request.RebalanceFilter()),
                done("filter close", rights -> rights.kernel().filter().close(), new Request.CloseFilter()));
    }

    private static Stream<RightsRow> others() {
        return Stream.of(
                done("routes open", rights -> rights.kernel().routes().open(ROUTES),
                        new Request.OpenRoutes(PLAN, false)),
                done("routes apply", rights -> rights.kernel().routes().apply(ROUTED),
                        new Request.ApplyRoutes(ROUTED)),
                alone("routes repair", rights -> rights.kernel().routes().repair(), new Request.RepairRoutes(),
                        new Reply.Missing(3), 3),
                done("routes close", rights -> rights.kernel().routes().close(), new Request.CloseRoutes()),
                done("demotion open", rights -> rights.kernel().demotion().open(Set.of("carp")),
                        new Request.OpenDemotion(Set.of("carp"))),
                done("demotion change", rights -> rights.kernel().demotion().change("carp", -1),
                        new Request.ChangeDemotion("carp", -1)),
                done("demotion repair", rights -> rights.kernel().demotion().repair(), new Request.RepairDemotion()),
                done("demotion close", rights -> rights.kernel().demotion().close(), new Request.CloseDemotion()),
                alone("footprint left", rights -> rights.kernel().footprint().left(), new Request.FindFootprint(),
                        new Reply.Groups(Set.of("carp")), Optional.of(Set.of("carp"))),
                alone("footprint of nobody", rights -> rights.kernel().footprint().left(),
                        new Request.FindFootprint(), new Reply.Nothing(), Optional.empty()),
                done("footprint set", rights -> rights.kernel().footprint().set(Set.of("carp"), ROUTES),
                        new Request.SetFootprint(Set.of("carp"), PLAN, false)),
                done("footprint clear", rights -> rights.kernel().footprint().clear(), new Request.ClearFootprint()));
    }

    private static RightsRow carrying(String name, Call call, Request request, Reply reply,
            IntFunction<Object> value) {
        return new RightsRow(name, call, request, reply, true, value);
    }

    private static RightsRow alone(String name, Call call, Request request, Reply reply, Object value) {
        return new RightsRow(name, call, request, reply, false, _ -> value);
    }

    private static RightsRow done(String name, Act act, Request request) {
        return alone(name, rights -> {
            act.of(rights);
            return NOTHING;
        }, request, new Reply.Done(), NOTHING);
    }

    boolean isOfKernel() {
        return request instanceof Request.OfKernel;
    }

    /** Returns a descriptor to come with an answer that is as it should be, if any does. */
    Optional<Passed> passed() throws IOException {
        return carries ? Optional.of(Passed.open()) : Optional.empty();
    }

    @Override
    public String toString() {
        return name;
    }
}
