package org.relayd.runtime.platform.bsd;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.relayd.ir.config.HostId;
import org.relayd.ir.config.RouteId;
import org.relayd.ir.config.RouterId;
import org.relayd.ir.image.RouteImage;
import org.relayd.ir.image.RouterImage;
import org.relayd.ir.net.IpFamily;
import org.relayd.ir.net.IpPrefix;
import org.relayd.runtime.platform.KernelException;
import org.relayd.runtime.platform.RouteOperation.Add;
import org.relayd.runtime.platform.RouteOperation.Delete;
import org.relayd.runtime.platform.RouteTable;
import org.relayd.runtime.platform.bsd.abi.Expected;
import org.relayd.runtime.platform.bsd.abi.Facts;
import org.relayd.runtime.system.ErrorName;

/** Messages of the routing sockets, every byte of them. */
class BsdRoutesTest {
    private static final Facts OPENBSD = Facts.of("openbsd");
    private static final Facts FREEBSD = Facts.of("freebsd");
    private static final RouterId ROUTER = new RouterId(1);
    private static final RouteId ROUTE = new RouteId(1);
    private static final HostId GATEWAY = new HostId(1);

    private final RecordingCalls calls = new RecordingCalls();

    private RouteTable openBsd() {
        return OpenBsdKernel.of(calls, PfFixture.NO_FILES, () -> 0).routes();
    }

    private RouteTable freeBsd() {
        return FreeBsdKernel.of(calls, PfFixture.NO_FILES).routes();
    }

    private static RouteImage image(String destination, int length, String gateway, int priority, String... label) {
        IpPrefix network = new IpPrefix(PfFixture.address(destination), length);
        return new RouteImage(List.of(new RouterImage(ROUTER, "uplinks", false, 3,
                label.length == 0 ? Optional.empty() : Optional.of(label[0]), network.address().family(),
                List.of(new RouterImage.Destination(ROUTE, network)),
                List.of(new RouterImage.Gateway(GATEWAY, gateway, PfFixture.address(gateway),
                        priority == 0 ? OptionalInt.empty() : OptionalInt.of(priority))))));
    }

    private static byte[] message(Expected... parts) {
        ByteArrayOutputStream message = new ByteArrayOutputStream();
        for (Expected part : parts) {
            byte[] bytes = part.toBytes();
            message.writeBytes(bytes);
            message.writeBytes(new byte[(8 - bytes.length % 8) % 8]);
        }
        return message.toByteArray();
    }

    private static Expected inet(String address) {
        return OPENBSD.expected("sockaddr_in").number("sin_len", 16).number("sin_family", 2).hex("sin_addr", address);
    }

    private static Expected inet6(int family, String address) {
        return OPENBSD.expected("sockaddr_in6").number("sin6_len", 28).number("sin6_family", family).hex("sin6_addr",
                address);
    }

    private static Expected openBsdHeader(String type, int length, int sequence) {
        return OPENBSD.expected("rt_msghdr").number("rtm_msglen", length).number("rtm_version", 5)
                .constant("rtm_type", type).number("rtm_hdrlen", 96).number("rtm_tableid", 3)
                .number("rtm_flags", 0x800 | 0x2 | 0x40000).number("rtm_addrs", 0x7).number("rtm_seq", sequence);
    }

    @Test
    void openBsdAddsARouteForEachGateway() throws KernelException {
        RouteTable routes = openBsd();
        routes.open(image("203.0.113.9", 24, "10.0.1.1", 5, "wan"));
        routes.apply(List.of(new Add(ROUTER, ROUTE, GATEWAY)));
        assertEquals(List.of("socket 17 3 0", "option 17 1 0", "write 184", "close"), calls.lines);
        assertArrayEquals(message(
                openBsdHeader("RTM_ADD", 184, 1).number("rtm_priority", 5).number("rtm_addrs", 0x407),
                inet("cb007100"), inet("0a000101"), inet("ffffff00"),
                OPENBSD.expected("sockaddr_rtlabel").number("sr_len", 34).text("sr_label", "wan")),
                calls.messages.getFirst());
    }

    @Test
    void inet6AndTheDefaultRoute() throws KernelException {
        RouteTable routes = openBsd();
        routes.open(image("::", 0, "2001:db8::1", 0));
        routes.apply(List.of(new Add(ROUTER, ROUTE, GATEWAY)));
        assertArrayEquals(message(openBsdHeader("RTM_ADD", 192, 1), inet6(24, "00".repeat(16)),
                inet6(24, "20010db8000000000000000000000001"), inet6(24, "00".repeat(16))),
                calls.messages.getFirst());
    }

    @Test
    void aRouteThatIsThereIsChanged() throws KernelException {
        calls.refusing("write", ErrorName.EEXIST);
        RouteTable routes = openBsd();
        routes.open(image("203.0.113.0", 25, "10.0.1.1", 0));
        routes.apply(List.of(new Add(ROUTER, ROUTE, GATEWAY)));
        assertArrayEquals(message(openBsdHeader("RTM_CHANGE", 144, 2), inet("cb007100"), inet("0a000101"),
                inet("ffffff80")), calls.messages.get(1));
        assertEquals(0, routes.repair());
    }

    @Test
    void routesThatAnotherProgramRemovedAreAddedAgain() throws KernelException {
        RouteTable routes = openBsd();
        routes.open(image("203.0.113.0", 24, "10.0.1.1", 0));
        routes.apply(List.of(new Add(ROUTER, ROUTE, GATEWAY)));
        assertEquals(1, routes.repair());
    }

    @Test
    void routesGoWithTheirGatewayWithTheirPlanAndAtTheEnd() throws KernelException {
        RouteTable routes = openBsd();
        RouteImage image = image("203.0.113.0", 24, "10.0.1.1", 0);
        routes.open(image);
        routes.apply(List.of(new Add(ROUTER, ROUTE, GATEWAY)));
        routes.apply(List.of(new Delete(ROUTER, ROUTE, GATEWAY)));
        routes.apply(List.of(new Add(ROUTER, ROUTE, GATEWAY)));
        routes.open(image);
        assertEquals(3, calls.messages.size(), "the same plan changes nothing");
        routes.open(image("203.0.113.0", 25, "10.0.1.1", 0));
        routes.apply(List.of(new Add(ROUTER, ROUTE, GATEWAY)));
        routes.close();
        routes.close();
        assertEquals(List.of(1, 2, 1, 2, 1, 2), calls.messages.stream().map(message -> (int) message[3]).toList());
        assertArrayEquals(message(openBsdHeader("RTM_DELETE", 144, 2), inet("cb007100"), inet("0a000101"),
                inet("ffffff00")), calls.messages.get(1));
    }

    @Test
    void aRouteThatIsGoneAlreadyIsNoFault() throws KernelException {
        calls.refusing("write", ErrorName.ESRCH);
        RouteTable routes = openBsd();
        routes.open(image("203.0.113.0", 24, "10.0.1.1", 0));
        routes.apply(List.of(new Delete(ROUTER, ROUTE, GATEWAY)));
        assertEquals(1, calls.messages.size());
        calls.refusing("write", ErrorName.ENETUNREACH);
        assertEquals("route 203.0.113.0/24 via 10.0.1.1: errno 51", assertThrows(KernelException.class,
                () -> routes.apply(List.of(new Add(ROUTER, ROUTE, GATEWAY)))).getMessage());
    }

    @Test
    void freeBsdTakesTheTableFromTheSocket() throws KernelException {
        RouteTable routes = freeBsd();
        routes.open(image("2001:db8:1::", 48, "2001:db8::1", 0));
        routes.apply(List.of(new Add(ROUTER, ROUTE, GATEWAY)));
        assertEquals(List.of("socket 17 3 0", "option 65535 64 0", "option 65535 4116 3", "write 248", "close"),
                calls.lines);
        assertArrayEquals(message(
                FREEBSD.expected("rt_msghdr").number("rtm_msglen", 248).number("rtm_version", 5)
                        .constant("rtm_type", "RTM_ADD").number("rtm_flags", 0x802).number("rtm_addrs", 7)
                        .number("rtm_seq", 1),
                inet6(28, "20010db8000100000000000000000000"), inet6(28, "20010db8000000000000000000000001"),
                inet6(28, "ffffffffffff00000000000000000000")), calls.messages.getFirst());
    }

    @Test
    void whatFreeBsdCannotDoIsRefused() {
        assertEquals("router uplinks: gateway 10.0.1.1: FreeBSD has no route labels", assertThrows(
                KernelException.class, () -> freeBsd().open(image("203.0.113.0", 24, "10.0.1.1", 0, "wan")))
                .getMessage());
        assertEquals("router uplinks: gateway 10.0.1.1: FreeBSD has no priorities of routes", assertThrows(
                KernelException.class, () -> freeBsd().open(image("203.0.113.0", 24, "10.0.1.1", 9))).getMessage());
    }

    @Test
    void aGatewayOfTheOtherFamilyGetsNoRoute() throws KernelException {
        RouteTable routes = openBsd();
        routes.open(image("203.0.113.0", 24, "2001:db8::1", 0));
        routes.apply(List.of(new Add(ROUTER, ROUTE, GATEWAY)));
        assertEquals(List.of(), calls.lines);
        assertEquals(IpFamily.INET6, PfFixture.address("2001:db8::1").family());
    }
}
