package org.relayd.compiler.print;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.relayd.compiler.lower.RedirectFixture.redirect;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.relayd.compiler.lower.ManualCases;
import org.relayd.compiler.lower.NftLowering;
import org.relayd.compiler.lower.PfLowering;
import org.relayd.compiler.lower.RedirectFixture;
import org.relayd.ir.config.HostId;
import org.relayd.ir.config.Redirect;
import org.relayd.ir.diagnostic.Diagnostic;
import org.relayd.ir.pf.PfPlan;
import org.relayd.ir.term.SchedulingMode;

class NftPrinterTest {

    static Stream<String> cases() {
        return ManualCases.all().keySet().stream().sorted();
    }

    @ParameterizedTest
    @MethodSource("cases")
    void scriptIsTheOneThatWasRead(String name) throws IOException {
        Golden.assertText("nft/" + name + ".nft", print(host -> true, ManualCases.all().get(name)));
    }

    @Test
    void overlappingListenersOfSeveralRedirections() throws IOException {
        Golden.assertText("nft/overlap.nft", print(host -> true,
                redirect("b").listen("192.0.2.1", "8000:8010").ids(1, 1).build(),
                redirect("a").listen("192.0.2.1", "8005").listen("192.0.2.1", "tcp", "80", "eth0").ids(2, 3).build(),
                redirect("c").listen("192.0.2.1", "80").listen("192.0.2.1", "tcp", "8000:9000", "eth1").ids(3, 5)
                        .build()));
    }

    @Test
    void connectionsOfThisMachineItselfAreTakenWhenTheyComeInOnTheLoopbackInterface() throws IOException {
        Golden.assertText("nft/local.nft", print(host -> true,
                redirect("www").listen("192.0.2.1", "80").listen("192.0.2.1", "tcp", "80", "lo").build()));
    }

    @Test
    void aRedirectionThatIsDownHasNoElements() throws IOException {
        Golden.assertText("nft/down.nft", print(host -> false,
                redirect("www").listen("192.0.2.1", "80").sticky().build(),
                redirect("dsr").listen("192.0.2.2", "80").routeTo("eth1").sticky().ids(2, 3).build()));
    }

    @Test
    void hostsOfTheBackupTableStandInWhenTheMainOneIsDown() {
        Redirect redirect = redirect("www").listen("192.0.2.1", "80").backup("10.0.0.21").build();
        String text = print(host -> host.number() == 3, redirect);
        assertTrue(text.contains("numgen inc mod 1 map @n_1_4"), text);
        assertTrue(text.contains("elements = { 0 : 0x3, 1 : 0x1, 2 : 0x2 };"), text);
    }

    @Test
    void tagsAreNumberedInOrderOfAppearanceAndListedFirst() {
        String text = print(host -> true, redirect("a").listen("192.0.2.1", "80").tag("X").build(),
                redirect("b").listen("192.0.2.2", "80").tag("Y").ids(2, 3).build(),
                redirect("c").listen("192.0.2.3", "80").tag("X").ids(3, 5).build());
        assertTrue(text.startsWith("# tag X = 0x010000/0xff0000\n# tag Y = 0x020000/0xff0000\ntable "), text);
        assertTrue(text.contains("elements = { 0 : 0x10005, 1 : 0x10006 };"), text);
    }

    @Test
    void quotesInANameDoNotLeaveTheComment() {
        String text = print(host -> true, redirect("a\"; flush ruleset\n").listen("192.0.2.1", "80").build());
        assertTrue(text.contains("comment \"a'; flush ruleset?\";"), text);
    }

    @Test
    void whatNftablesCannotDoIsRefused() {
        assertEquals(List.of("not supported by nftables: redirect r: interface name e*"),
                messages(redirect("r").listen("192.0.2.1", "tcp", "80", "e*").build()));
        assertEquals(List.of("not supported by nftables: redirect r: protocol a b"),
                messages(redirect("r").listen("192.0.2.1", "a b", "80").build()));
        assertEquals(List.of("not supported by nftables: more than 65535 hosts"),
                messages(redirect("r").listen("192.0.2.1", "80").ids(1, 65535).build()));
        assertEquals(
                List.of("not supported by nftables: redirect r: host fe80::1%3: an address with a scope"),
                messages(redirect("r").listen("192.0.2.1", "80").backup("fe80::1%3").build()));
        assertEquals(List.of("not supported by nftables: redirect r: route to for connections of this machine"),
                messages(redirect("r").listen("192.0.2.1", "tcp", "80", "lo").routeTo("eth1").build()));
    }

    @Test
    void whatNftablesDoesInAnotherWayIsAWarning() {
        assertEquals(List.of("redirect r: port range 90:80 matches nothing"),
                messages(redirect("r").listen("192.0.2.1", "90:80").build()));
        assertEquals(List.of("redirect r: a session timeout of 9999999 s is cut to 4294967 s"),
                messages(redirect("r").listen("192.0.2.1", "80").timeout(9_999_999).build()));
        assertEquals(List.of(), messages(redirect("r").listen("192.0.2.1", "80")
                .mode(SchedulingMode.LEAST_STATES).build()));
    }

    @Test
    void protocolsWithoutPortsAreTakenWhole() {
        String text = print(host -> true, redirect("r").listen("192.0.2.1", "gre", "47").build());
        assertTrue(text.contains("192.0.2.1 . gre . 0-65535 : goto k_1_4"), text);
        assertTrue(text.contains("meta l4proto gre dnat ip to ct mark and 0xffff map @h_1_4"), text);
    }

    private static List<String> messages(Redirect... redirects) {
        return NftLowering.lower(filter(redirects)).diagnostics().stream().map(Diagnostic::message).toList();
    }

    static String print(Predicate<HostId> up, Redirect... redirects) {
        PfPlan filter = filter(redirects);
        return NftPrinter.print(filter, NftLowering.lower(filter).plan(), up);
    }

    private static PfPlan filter(Redirect... redirects) {
        return new PfLowering(0).lower(RedirectFixture.config(Arrays.asList(redirects), List.of()));
    }
}
