package org.relayd.runtime.platform.bsd;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.relayd.ir.config.RedirectId;
import org.relayd.ir.image.PfImage;
import org.relayd.runtime.platform.FilterOperation.FlushHosts;
import org.relayd.runtime.platform.FilterOperation.ForgetClients;
import org.relayd.runtime.platform.FilterOperation.LoadRules;
import org.relayd.runtime.platform.FilterOperation.RemoveRules;
import org.relayd.runtime.platform.FilterOperation.SetHosts;
import org.relayd.runtime.platform.KernelException;
import org.relayd.runtime.platform.PacketFilter;
import org.relayd.runtime.platform.TableChange;
import org.relayd.runtime.platform.bsd.RecordingCalls.Request;
import org.relayd.runtime.platform.bsd.abi.Abi;
import org.relayd.runtime.platform.bsd.abi.Expected;
import org.relayd.runtime.platform.bsd.abi.Facts;
import org.relayd.runtime.system.ErrorName;

/** What OpenBSD's and FreeBSD's /dev/pf are asked, in which order, and every byte of it. */
class PfPacketFilterTest {
    private static final Facts OPENBSD = Facts.of("openbsd");
    private static final Facts FREEBSD = Facts.of("freebsd");
    private static final PfImage WWW = PfFixture.anchor(1, "www", PfFixture.forward("192.0.2.10"));
    private static final int TICKET = 0x01020304;

    private final RecordingCalls calls = new RecordingCalls()
            .answering("DIOCGETSTATUS", status -> status.number("running", 1))
            .answering("DIOCXBEGIN", begun -> begun.target().orElseThrow().bytes()[1028] = 0x04)
            .answering("DIOCRADDTABLES", tables -> tables.number("pfrio_nadd", 1));

    private PacketFilter openBsd() {
        return OpenBsdKernel.of(calls, PfFixture.NO_FILES, () -> 0).filter();
    }

    private PacketFilter freeBsd() {
        calls.printing("/sbin/pfctl -s info", "Status: Enabled for 0 days 00:01:02\n");
        return FreeBsdKernel.of(calls, PfFixture.NO_FILES).filter();
    }

    private static void sent(Facts facts, Request request, Expected argument, Expected... elements) {
        assertEquals(facts.number(request.name()), request.number(), request.name());
        assertArrayEquals(argument.toBytes(), request.argument().array(), request.name());
        ByteArrayOutputStream array = new ByteArrayOutputStream();
        for (Expected element : elements) {
            array.writeBytes(element.toBytes());
        }
        assertArrayEquals(array.toByteArray(), request.target().array(), request.name() + ", what it points to");
    }

    private static Expected table(Facts facts) {
        return facts.expected("pfioc_table").text("pfrio_table.pfrt_anchor", "relayd/www")
                .text("pfrio_table.pfrt_name", "www");
    }

    private static Expected transaction() {
        return OPENBSD.expected("pfioc_trans").number("size", 1).number("esize", 1032);
    }

    private static Expected element(int ticket) {
        return OPENBSD.expected("pfioc_trans_e").constant("type", "PF_TRANS_RULESET").text("anchor", "relayd/www")
                .number("ticket", ticket);
    }

    @Test
    void openMakesTheTablesAndRemovesWhatAPredecessorLeft() throws KernelException {
        calls.answering("DIOCGETRULESETS", all -> all.number("nr", 2)).answering("DIOCGETRULESET",
                one -> one.text("name", one.number("nr") == 0 ? "old" : "www"));
        openBsd().open(PfFixture.openBsd(WWW));
        assertEquals(List.of("open /dev/pf", "DIOCGETSTATUS", "DIOCGETRULESETS", "DIOCGETRULESET", "DIOCGETRULESET",
                "DIOCXBEGIN", "DIOCXCOMMIT", "DIOCRCLRTABLES", "DIOCXBEGIN", "DIOCXCOMMIT", "DIOCRADDTABLES"),
                calls.lines);
        sent(OPENBSD, calls.only("DIOCGETSTATUS"), OPENBSD.expected("pf_status"));
        sent(OPENBSD, calls.only("DIOCGETRULESETS"), OPENBSD.expected("pfioc_ruleset").text("path", "relayd"));
        sent(OPENBSD, calls.all("DIOCGETRULESET").get(1),
                OPENBSD.expected("pfioc_ruleset").text("path", "relayd").number("nr", 1));
        sent(OPENBSD, calls.only("DIOCRCLRTABLES"),
                OPENBSD.expected("pfioc_table").text("pfrio_table.pfrt_anchor", "relayd/old"));
        sent(OPENBSD, calls.only("DIOCRADDTABLES"),
                OPENBSD.expected("pfioc_table").number("pfrio_esize", 1064).number("pfrio_size", 1),
                OPENBSD.expected("pfr_table").text("pfrt_anchor", "relayd/www").text("pfrt_name", "www")
                        .constant("pfrt_flags", "PFR_TFLAG_PERSIST"));
    }

    @Test
    void tablesThatWereThereAreEmptied() throws KernelException {
        calls.answering("DIOCRADDTABLES", tables -> tables.number("pfrio_nadd", 0));
        openBsd().open(PfFixture.openBsd(WWW));
        sent(OPENBSD, calls.only("DIOCRCLRADDRS"), table(OPENBSD));
        sent(OPENBSD, calls.only("DIOCRCLRTSTATS"),
                OPENBSD.expected("pfioc_table").number("pfrio_esize", 1064).number("pfrio_size", 1),
                OPENBSD.expected("pfr_table").text("pfrt_anchor", "relayd/www").text("pfrt_name", "www"));
    }

    @Test
    void hostsComeAtOnceAndRulesInATransaction() throws KernelException {
        calls.answering("DIOCRSETADDRS",
                set -> set.number("pfrio_nadd", 2).number("pfrio_ndel", 1).number("pfrio_nchange", 3));
        PacketFilter filter = openBsd();
        filter.open(PfFixture.openBsd(WWW));
        calls.lines.clear();
        List<TableChange> changes = filter
                .apply(List.of(new SetHosts(PfFixture.ID, List.of(PfFixture.FIRST, PfFixture.SECOND)),
                        new LoadRules(PfFixture.ID)));
        assertEquals(List.of("DIOCRSETADDRS", "DIOCXBEGIN", "DIOCADDRULE", "DIOCXCOMMIT"), calls.lines);
        assertEquals(List.of(new TableChange(PfFixture.ID, 2, 1, 3, 0)), changes);
        sent(OPENBSD, calls.only("DIOCRSETADDRS"), table(OPENBSD).number("pfrio_esize", 52).number("pfrio_size", 2),
                OPENBSD.expected("pfr_addr").hex("pfra_u", "0a00000b").constant("pfra_af", "AF_INET")
                        .number("pfra_net", 32),
                OPENBSD.expected("pfr_addr").hex("pfra_u", "20010db8000000000000000000000012")
                        .constant("pfra_af", "AF_INET6").number("pfra_net", 128));
    }

    @Test
    void theTicketOfATransactionGoesWithItsRules() throws KernelException {
        calls.answering("DIOCXBEGIN", begun -> System.arraycopy(new byte[]{4, 3, 2, 1}, 0,
                begun.target().orElseThrow().bytes(), 1028, 4));
        PacketFilter filter = openBsd();
        filter.open(PfFixture.openBsd(WWW));
        filter.apply(List.of(new LoadRules(PfFixture.ID)));
        sent(OPENBSD, calls.only("DIOCXBEGIN"), transaction(), element(0));
        Request rule = calls.only("DIOCADDRULE");
        Expected image = OPENBSD.expected("pfioc_rule").number("ticket", TICKET).text("anchor", "relayd/www")
                .hex("rule", HexFormat.of().formatHex(rule.argument().array(), 2064, 3408));
        sent(OPENBSD, rule, image);
        assertArrayEquals(
                new RuleImages(Abi.ofOpenBsd(), () -> 0)
                        .of(WWW.requests().getFirst()).bytes(),
                Arrays.copyOfRange(rule.argument().array(), 2064, 3408));
        sent(OPENBSD, calls.only("DIOCXCOMMIT"), transaction(), element(TICKET));
    }

    @Test
    void aRefusedRuleIsRolledBack() throws KernelException {
        calls.refusing("DIOCADDRULE", ErrorName.EINVAL);
        PacketFilter filter = openBsd();
        filter.open(PfFixture.openBsd(WWW));
        calls.lines.clear();
        KernelException refused = assertThrows(KernelException.class,
                () -> filter.apply(List.of(new LoadRules(PfFixture.ID))));
        assertEquals("pf: anchor relayd/www: DIOCADDRULE: errno 22", refused.getMessage());
        assertEquals(List.of("DIOCXBEGIN", "DIOCADDRULE", "DIOCXROLLBACK"), calls.lines);
        sent(OPENBSD, calls.only("DIOCXROLLBACK"), transaction(), element(4));
    }

    @Test
    void aKernelWithAnotherStructForRulesGetsThemAsText() throws KernelException {
        calls.refusing("DIOCADDRULE", ErrorName.ENOTTY);
        PacketFilter filter = openBsd();
        filter.open(PfFixture.openBsd(WWW));
        calls.lines.clear();
        filter.apply(List.of(new LoadRules(PfFixture.ID)));
        filter.apply(List.of(new LoadRules(PfFixture.ID)));
        String pfctl = "run /sbin/pfctl -o none -a relayd/www -f -";
        assertEquals(List.of("DIOCXBEGIN", "DIOCADDRULE", "DIOCXROLLBACK", pfctl, "    pass in to 192.0.2.10", pfctl,
                "    pass in to 192.0.2.10"), calls.lines);
    }

    @Test
    void onTheWayDownHostsGoBeforeRulesAndTheirCountStays() throws KernelException {
        calls.answering("DIOCRGETTSTATS", statistics -> statistics.target().orElseThrow().bytes()[1192] = 7)
                .answering("DIOCRCLRADDRS", flushed -> flushed.number("pfrio_ndel", 2));
        PacketFilter filter = openBsd();
        filter.open(PfFixture.openBsd(WWW));
        calls.lines.clear();
        List<TableChange> changes = filter
                .apply(List.of(new FlushHosts(PfFixture.ID), new RemoveRules(PfFixture.ID)));
        assertEquals(List.of("DIOCRGETTSTATS", "DIOCRCLRADDRS", "DIOCRCLRTSTATS", "DIOCXBEGIN", "DIOCXCOMMIT"),
                calls.lines);
        assertEquals(List.of(new TableChange(PfFixture.ID, 0, 2, 0, 0)), changes);
        assertEquals(Map.of(PfFixture.ID, 14L), filter.connections());
        sent(OPENBSD, calls.all("DIOCRGETTSTATS").getFirst(), OPENBSD.expected("pfioc_table")
                .text("pfrio_table.pfrt_anchor", "relayd/www").number("pfrio_esize", 1232).number("pfrio_size", 1),
                OPENBSD.expected("pfr_tstats"));
    }

    @Test
    void clientsOfAHostThatIsDownAreForgotten() throws KernelException {
        calls.answering("DIOCKILLSRCNODES", killed -> killed.number("psnk_killed", 5));
        PacketFilter filter = openBsd();
        filter.open(PfFixture.openBsd(WWW));
        List<TableChange> changes = filter.apply(List.of(new SetHosts(PfFixture.ID, List.of(PfFixture.FIRST)),
                new ForgetClients(PfFixture.ID, PfFixture.SECOND)));
        assertEquals(List.of(new TableChange(PfFixture.ID, 0, 0, 0, 5)), changes);
        sent(OPENBSD, calls.only("DIOCKILLSRCNODES"), OPENBSD.expected("pfioc_src_node_kill")
                .constant("psnk_af", "AF_INET6").hex("psnk_dst.addr.v.a.addr", "20010db8000000000000000000000012")
                .hex("psnk_dst.addr.v.a.mask", "ff".repeat(16)));
    }

    @Test
    void reloadLeavesWhatIsTheSame() throws KernelException {
        PacketFilter filter = openBsd();
        filter.open(PfFixture.openBsd(WWW));
        filter.apply(List.of(new SetHosts(PfFixture.ID, List.of(PfFixture.FIRST)), new LoadRules(PfFixture.ID)));
        calls.answering("DIOCGETRULESETS", all -> all.number("nr", 1))
                .answering("DIOCGETRULESET", one -> one.text("name", "www"))
                .answering("DIOCRADDTABLES", tables -> tables.number("pfrio_nadd", 0));
        calls.lines.clear();
        filter.open(PfFixture.openBsd(WWW, PfFixture.anchor(2, "dns", PfFixture.forward("192.0.2.53"))));
        assertEquals(List.of("DIOCGETRULESETS", "DIOCGETRULESET", "DIOCRADDTABLES", "DIOCRCLRADDRS", "DIOCRCLRTSTATS"),
                calls.lines);
        sent(OPENBSD, calls.only("DIOCRCLRADDRS"), OPENBSD.expected("pfioc_table")
                .text("pfrio_table.pfrt_anchor", "relayd/dns").text("pfrio_table.pfrt_name", "dns"));
    }

    @Test
    void reloadReplacesRulesThatChangedAndTakesHostsThatWent() throws KernelException {
        PacketFilter filter = openBsd();
        filter.open(PfFixture.openBsd(WWW, PfFixture.anchor(2, "dns", PfFixture.forward("192.0.2.53"))));
        filter.apply(List.of(new SetHosts(PfFixture.ID, List.of(PfFixture.FIRST, PfFixture.SECOND)),
                new LoadRules(PfFixture.ID), new LoadRules(new RedirectId(2))));
        calls.answering("DIOCGETRULESETS", all -> all.number("nr", 2)).answering("DIOCGETRULESET",
                one -> one.text("name", one.number("nr") == 0 ? "dns" : "www"));
        calls.lines.clear();
        calls.requests.clear();
        filter.open(PfFixture.openBsd(PfFixture.anchor(1, "www", PfFixture.table("10.0.0.11"),
                PfFixture.forward("192.0.2.11"))));
        assertEquals(List.of("DIOCGETRULESETS", "DIOCGETRULESET", "DIOCGETRULESET", "DIOCXBEGIN", "DIOCXCOMMIT",
                "DIOCRCLRTABLES", "DIOCRSETADDRS", "DIOCXBEGIN", "DIOCADDRULE", "DIOCXCOMMIT"), calls.lines);
        sent(OPENBSD, calls.only("DIOCRCLRTABLES"),
                OPENBSD.expected("pfioc_table").text("pfrio_table.pfrt_anchor", "relayd/dns"));
        assertEquals(52, calls.only("DIOCRSETADDRS").target().capacity(), "one host is left");
    }

    @Test
    void reloadClosesARedirectionThatKeepsNoHost() throws KernelException {
        PacketFilter filter = openBsd();
        filter.open(PfFixture.openBsd(WWW));
        filter.apply(List.of(new SetHosts(PfFixture.ID, List.of(PfFixture.FIRST)), new LoadRules(PfFixture.ID)));
        calls.lines.clear();
        filter.open(PfFixture.openBsd(PfFixture.anchor(1, "www", PfFixture.table("10.0.0.99"),
                PfFixture.forward("192.0.2.10"))));
        assertEquals(List.of("DIOCGETRULESETS", "DIOCXBEGIN", "DIOCXCOMMIT", "DIOCRGETTSTATS", "DIOCRCLRADDRS",
                "DIOCRCLRTSTATS"), calls.lines);
    }

    @Test
    void closeLeavesNothing() throws KernelException {
        PacketFilter filter = openBsd();
        filter.open(PfFixture.openBsd(WWW));
        calls.lines.clear();
        calls.requests.clear();
        filter.close();
        filter.close();
        assertEquals(List.of("DIOCRCLRTABLES", "DIOCXBEGIN", "DIOCXCOMMIT", "DIOCXBEGIN", "DIOCXCOMMIT", "close"),
                calls.lines);
        sent(OPENBSD, calls.all("DIOCXBEGIN").get(1), transaction(),
                OPENBSD.expected("pfioc_trans_e").constant("type", "PF_TRANS_RULESET").text("anchor", "relayd"));
    }

    @Test
    void whatIsMissingIsNamed() {
        calls.answering("DIOCGETSTATUS", status -> status.number("running", 0));
        assertEquals("pf is disabled: run pfctl -e",
                assertThrows(KernelException.class, () -> openBsd().open(PfFixture.openBsd(WWW))).getMessage());
        assertEquals(List.of("open /dev/pf", "DIOCGETSTATUS", "close"), calls.lines);
        calls.refusing("open", ErrorName.ENOENT);
        assertEquals("/dev/pf: errno 2: the kernel has no pf",
                assertThrows(KernelException.class, () -> openBsd().open(PfFixture.openBsd(WWW))).getMessage());
        calls.refusing("open", ErrorName.EACCES);
        assertEquals("/dev/pf: errno 13: redirections need root",
                assertThrows(KernelException.class, () -> openBsd().open(PfFixture.openBsd(WWW))).getMessage());
    }

    @Test
    void freeBsdGetsRulesAsTextAndTablesByRequests() throws KernelException {
        calls.printing("/sbin/pfctl -a relayd -s Anchors", "  relayd/old\n");
        PacketFilter filter = freeBsd();
        filter.open(PfFixture.freeBsd(WWW));
        filter.apply(List.of(new SetHosts(PfFixture.ID, List.of(PfFixture.FIRST)), new LoadRules(PfFixture.ID)));
        filter.close();
        assertEquals(List.of("open /dev/pf", "run /sbin/pfctl -s info", "run /sbin/pfctl -a relayd -s Anchors",
                "run /sbin/pfctl -o none -a relayd/old -f -", "DIOCRCLRTABLES", "DIOCRADDTABLES", "DIOCRSETADDRS",
                "run /sbin/pfctl -o none -a relayd/www -f -", "    pass in to 192.0.2.10", "DIOCRCLRTABLES",
                "run /sbin/pfctl -o none -a relayd/www -f -", "run /sbin/pfctl -o none -a relayd -f -", "close"),
                calls.lines);
        sent(FREEBSD, calls.only("DIOCRSETADDRS"), table(FREEBSD).number("pfrio_esize", 20).number("pfrio_size", 1),
                FREEBSD.expected("pfr_addr").hex("pfra_u", "0a00000b").constant("pfra_af", "AF_INET")
                        .number("pfra_net", 32));
    }

    @Test
    void freeBsdHasItsOwnNumbersForFamiliesAndSizes() throws KernelException {
        calls.answering("DIOCRGETTSTATS", statistics -> statistics.target().orElseThrow().bytes()[1160] = 9);
        PacketFilter filter = freeBsd();
        filter.open(PfFixture.freeBsd(WWW));
        filter.apply(List.of(new ForgetClients(PfFixture.ID, PfFixture.SECOND)));
        assertEquals(Map.of(PfFixture.ID, 9L), filter.connections());
        sent(FREEBSD, calls.only("DIOCKILLSRCNODES"), FREEBSD.expected("pfioc_src_node_kill").number("psnk_af", 28)
                .hex("psnk_dst.addr.v.a.addr", "20010db8000000000000000000000012")
                .hex("psnk_dst.addr.v.a.mask", "ff".repeat(16)));
        sent(FREEBSD, calls.only("DIOCRGETTSTATS"), FREEBSD.expected("pfioc_table")
                .text("pfrio_table.pfrt_anchor", "relayd/www").number("pfrio_esize", 1200).number("pfrio_size", 1),
                FREEBSD.expected("pfr_tstats"));
    }

    @Test
    void aRuleThatPfctlHasNoWordsForIsNotLeftOut() throws KernelException {
        PacketFilter filter = freeBsd();
        filter.open(PfFixture.freeBsd(WWW, "there are no match rules"));
        assertEquals("pf: redirect www: pfctl cannot load it: there are no match rules",
                assertThrows(KernelException.class, () -> filter.apply(List.of(new LoadRules(PfFixture.ID))))
                        .getMessage());
    }

    @Test
    void afterAFailureOpenBeginsAnew() throws KernelException {
        PacketFilter filter = freeBsd();
        filter.open(PfFixture.freeBsd(WWW));
        filter.apply(List.of(new LoadRules(PfFixture.ID)));
        calls.refusing("DIOCRCLRADDRS", ErrorName.ESRCH);
        assertThrows(KernelException.class, () -> filter.apply(List.of(new FlushHosts(PfFixture.ID))));
        calls.printing("/sbin/pfctl -a relayd -s Anchors", "  relayd/www\n");
        calls.lines.clear();
        filter.open(PfFixture.freeBsd(WWW));
        assertEquals(List.of("run /sbin/pfctl -a relayd -s Anchors", "run /sbin/pfctl -o none -a relayd/www -f -",
                "DIOCRADDTABLES"), calls.lines);
    }
}
