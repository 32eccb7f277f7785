package org.relayd.compiler.lower;

import static org.relayd.compiler.lower.RedirectFixture.redirect;

import java.util.LinkedHashMap;
import java.util.Map;
import org.relayd.ir.config.Redirect;
import org.relayd.ir.term.SchedulingMode;

/**
 * The 28 cases of redirections whose pf rules are known byte for byte; the texts are beside the tests in {@code pf/}.
 */
public final class ManualCases {
    private static final String KEY = "0x00112233445566778899aabbccddeeff";

    private ManualCases() {}

    /** Returns the redirections by the name of their text, in order. */
    public static Map<String, Redirect> all() {
        Map<String, RedirectFixture> cases = new LinkedHashMap<>();
        listeners(cases);
        options(cases);
        modes(cases);
        Map<String, Redirect> built = new LinkedHashMap<>();
        cases.forEach((name, fixture) -> built.put(name, fixture.build()));
        return built;
    }

    private static RedirectFixture www() {
        return redirect("www").listen("192.0.2.10", "80");
    }

    private static void listeners(Map<String, RedirectFixture> cases) {
        cases.put("G01", www());
        cases.put("G02", www().tablePort(8080));
        cases.put("G03", redirect("www").listen("192.0.2.10", "tcp", "80", "em0"));
        cases.put("G04", redirect("two").listen("192.0.2.10", "80").listen("192.0.2.11", "80"));
        cases.put("G05", redirect("mix").listen("192.0.2.10", "80").listen("192.0.2.10", "8080"));
        cases.put("G06", redirect("rng").listen("192.0.2.10", "8000:8010"));
        cases.put("G07", redirect("rng1").listen("192.0.2.10", "8000:8010").tablePort(9000));
        cases.put("G08", redirect("rng2").listen("192.0.2.10", "8000:8010").listen("192.0.2.10", "443"));
        cases.put("G09", redirect("dns").listen("192.0.2.53", "udp", "53"));
        cases.put("G10", redirect("dns").listen("192.0.2.53", "tcp", "53").listen("192.0.2.53", "udp", "53"));
        cases.put("G11", redirect("six").listen("2001:db8::10", "80").hosts("2001:db8:1::11", "2001:db8:1::12"));
        cases.put("G12", redirect("dual").listen("192.0.2.10", "80").listen("2001:db8::10", "80")
                .hosts("10.0.0.11", "2001:db8:1::12"));
        cases.put("G26", redirect("sig").listen("192.0.2.10", "sctp", "2905"));
        cases.put("G27", www());
    }

    private static void options(Map<String, RedirectFixture> cases) {
        cases.put("G13", www().tag("RELAYD"));
        cases.put("G14", www().matchTag("RELAYD"));
        cases.put("G15", www().sticky());
        cases.put("G16", redirect("ssh").listen("192.0.2.10", "22").timeout(7200));
        cases.put("G17", redirect("ssh").listen("192.0.2.10", "22").timeout(0));
        cases.put("G22", www().pflog());
        cases.put("G28", redirect("off").listen("192.0.2.10", "80").disabled());
    }

    private static void modes(Map<String, RedirectFixture> cases) {
        cases.put("G18", www().mode(SchedulingMode.LEAST_STATES));
        cases.put("G19", www().mode(SchedulingMode.RANDOM));
        cases.put("G20", www().mode(SchedulingMode.SOURCE_HASH).key(KEY));
        cases.put("G21", www().mode(SchedulingMode.SOURCE_HASH).key(KEY).sticky());
        cases.put("G23", redirect("dsr").listen("192.0.2.10", "80").tablePort(80).routeTo("em1"));
        cases.put("G24", redirect("dsr").listen("192.0.2.10", "udp", "53", "em0").sticky()
                .mode(SchedulingMode.LEAST_STATES).routeTo("em1"));
        cases.put("G25", redirect("dsr6").listen("2001:db8::10", "80").matchTag("DSR").routeTo("em1")
                .hosts("2001:db8:1::11", "2001:db8:1::12"));
    }
}
