package org.relayd.compiler.print;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.relayd.compiler.lower.RedirectFixture.redirect;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.relayd.compiler.lower.ManualCases;
import org.relayd.compiler.lower.PfLowering;
import org.relayd.compiler.lower.RedirectFixture;
import org.relayd.ir.config.Redirect;
import org.relayd.ir.pf.PfPlan;
import org.relayd.ir.term.SchedulingMode;

/** The texts were accepted by pfctl of FreeBSD 12.1. */
class PfFreebsdPrinterTest {

    private static RedirectFixture www() {
        return redirect("www").listen("192.0.2.10", "80").tablePort(8080);
    }

    @Test
    void aTimeoutNeedsAFilterRuleTiedToTheTranslationByATag() {
        assertRules(
                """
                        rdr inet proto tcp from any to 192.0.2.10 port 80 tag RELAYD_www -> <www> port 8080 round-robin
                        pass in quick inet proto tcp from any to <www> port 8080 flags S/SA keep state (tcp.established 600) tagged RELAYD_www
                        """,
                www().build());
    }

    @Test
    void theUsersTagTakesThePlaceOfOurs() {
        assertRules(
                """
                        rdr inet proto tcp from any to 192.0.2.10 port 80 tag MINE -> <www> port 8080 round-robin
                        pass in quick inet proto tcp from any to <www> port 8080 flags S/SA keep state (tcp.established 600) tagged MINE
                        """,
                www().tag("MINE").build());
    }

    @Test
    void withoutTimeoutTheTranslationPasses() {
        assertRules("rdr pass on em0 inet proto tcp from any to 192.0.2.10 port 80 -> <www> port 8080 round-robin\n",
                redirect("www").listen("192.0.2.10", "tcp", "80", "em0").tablePort(8080).timeout(0).build());
    }

    @Test
    void theMatchVariantLeavesPassingToTheUser() {
        assertRules("rdr inet proto tcp from any to 192.0.2.10 port 80 tag RELAYD -> <www> port 8080 round-robin\n",
                www().matchTag("RELAYD").build());
        assertEquals(List.of("redirect www on FreeBSD: without a pass rule the session timeout cannot be set"),
                PfFreebsdPrinter.warnings(lower(www().matchTag("RELAYD").build())));
    }

    @Test
    void aRangeKeepsThePortOrGetsOne() {
        RedirectFixture range = redirect("www").listen("192.0.2.10", "8000:8010").timeout(0);
        assertRules("rdr pass inet proto tcp from any to 192.0.2.10 port 8000:8010 -> <www> round-robin\n",
                range.build());
        assertRules("rdr pass inet proto tcp from any to 192.0.2.10 port 8000:8010 -> <www> port 9000 round-robin\n",
                range.tablePort(9000).build());
    }

    @Test
    void datagramsHaveNoTimeout() {
        assertRules("rdr pass inet proto udp from any to 192.0.2.53 port 53 -> <dns> port 53 round-robin\n",
                redirect("dns").listen("192.0.2.53", "udp", "53").build());
    }

    @Test
    void inet6AndSticky() {
        assertRules("rdr pass inet6 proto tcp from any to 2001:db8::10 port 80 -> <six> port 80 round-robin "
                + "sticky-address\n",
                redirect("six").listen("2001:db8::10", "80").hosts("2001:db8:1::11").sticky()
                        .timeout(0).build());
    }

    @Test
    void directServerReturnIsAFilterRule() {
        assertRules("pass in quick on em0 route-to (em1 <dsr>) round-robin inet proto tcp from any to 192.0.2.10 "
                + "port 80 flags any keep state (sloppy, tcp.established 600)\n",
                redirect("dsr").listen("192.0.2.10", "tcp", "80", "em0").routeTo("em1").build());
    }

    @Test
    void severalListenersTranslateFirstAndShareAFilterRule() {
        assertRules(
                """
                        rdr inet proto tcp from any to 192.0.2.11 port 80 tag RELAYD_two -> <two> port 80 round-robin
                        rdr inet proto tcp from any to 192.0.2.10 port 80 tag RELAYD_two -> <two> port 80 round-robin
                        pass in quick inet proto tcp from any to <two> port 80 flags S/SA keep state (tcp.established 600) tagged RELAYD_two
                        """,
                ManualCases.all().get("G04"));
    }

    @Test
    void whatFreebsdCannotDoIsLeftOutWithTheReason() {
        assertEquals(List.of("redirect www on FreeBSD: tables are only supported in round-robin pools"),
                PfFreebsdPrinter.warnings(lower(www().mode(SchedulingMode.LEAST_STATES).build())));
        assertEquals(List.of("redirect sig on FreeBSD: port only applies to tcp/udp"),
                PfFreebsdPrinter.warnings(lower(ManualCases.all().get("G26"))));
        assertRules("", ManualCases.all().get("G25"));
        assertEquals("""
                # anchor relayd/sig
                table <sig> persist { 10.0.0.11, 10.0.0.12 }
                # not loadable: port only applies to tcp/udp: pass in quick on rdomain 0 inet proto sctp from any to \
                192.0.2.10 port = 2905 rdr-to <sig> port 2905 round-robin
                """, PfFreebsdPrinter.print(lower(ManualCases.all().get("G26")), host -> true));
    }

    private static void assertRules(String expected, Redirect redirect) {
        String rules = PfFreebsdPrinter.print(lower(redirect), host -> true).lines()
                .filter(line -> !line.startsWith("#") && !line.startsWith("table ")).map(line -> line + "\n")
                .reduce("", String::concat);
        assertEquals(expected, rules);
    }

    private static PfPlan lower(Redirect redirect) {
        return new PfLowering(0).lower(RedirectFixture.config(redirect));
    }
}
