package org.relayd.compiler.print;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.relayd.compiler.lower.RedirectFixture.redirect;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.relayd.compiler.lower.ManualCases;
import org.relayd.compiler.lower.PfLowering;
import org.relayd.compiler.lower.RedirectFixture;
import org.relayd.ir.config.Redirect;
import org.relayd.ir.pf.PfPlan;
import org.relayd.ir.term.SchedulingMode;

class PfPrinterTest {
    static Stream<String> cases() {
        return ManualCases.all().keySet().stream().sorted();
    }

    @ParameterizedTest
    @MethodSource("cases")
    void rulesAreThoseThatPfctlShows(String name) {
        assertEquals(text(name + ".pf"), rulesOf(PfPrinter.print(plan(name), host -> true)));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void rulesThatPfctlDoesNotLoadBackAreChangedOrLeftOut(String name) {
        String expected = PfPrinterTest.class.getResource("/pf/" + name + ".pf-load") == null ? name + ".pf"
                : name + ".pf-load";
        assertEquals(text(expected), rulesOf(PfLoadPrinter.print(plan(name), host -> true)));
    }

    @Test
    void everyBlockNamesItsAnchorAndTheHostsOfItsTable() {
        PfPlan plan = lower(redirect("www").listen("192.0.2.10", "80").build());
        assertEquals("""
                # anchor relayd/www
                table <www> persist { 10.0.0.12 }
                pass in quick on rdomain 0 inet proto tcp from any to 192.0.2.10 port = 80 flags S/SA \
                keep state (tcp.established 600) rdr-to <www> port 80 round-robin
                """, PfPrinter.print(plan, host -> host.number() == 2));
    }

    @Test
    void theBackupTableTakesOverWhenTheMainOneIsDown() {
        PfPlan plan = lower(redirect("www").listen("192.0.2.10", "80").backup("10.0.0.21").build());
        assertTrue(PfPrinter.print(plan, host -> host.number() == 3).contains("persist { 10.0.0.21 }\npass "));
        assertTrue(PfPrinter.print(plan, host -> host.number() != 1).contains("persist { 10.0.0.12 }\npass "));
        assertEquals("# anchor relayd/www\ntable <www> persist { }\n", PfPrinter.print(plan, host -> false));
    }

    @Test
    void aKeyThatIsTextIsItsMd5() {
        Redirect redirect = redirect("www").listen("192.0.2.10", "80").mode(SchedulingMode.SOURCE_HASH).key("foo")
                .build();
        assertTrue(PfPrinter.print(lower(redirect), host -> true)
                .endsWith(" source-hash 0xacbd18db4cc2f85cedef654fccc4a4d8\n"));
    }

    @Test
    void aKeyThatIsNotSetIsLeftToPf() {
        Redirect redirect = redirect("www").listen("192.0.2.10", "80").mode(SchedulingMode.SOURCE_HASH).build();
        assertTrue(PfPrinter.print(lower(redirect), host -> true).endsWith(" source-hash\n"));
    }

    @Test
    void whatTextCannotSayIsReportedOnceForEachRedirection() {
        assertEquals(List.of(), PfLoadPrinter.warnings(plan("G23")));
        assertEquals(List.of("redirect www as text: a match rule cannot set the session timeout"),
                PfLoadPrinter.warnings(plan("G14")));
        assertEquals(List.of("redirect dsr6 as text: route-to is not supported on match rules",
                "redirect dsr6 as text: a match rule cannot set the session timeout"),
                PfLoadPrinter.warnings(plan("G25")));
        assertEquals(List.of("redirect sig as text: port only applies to tcp/udp"),
                PfLoadPrinter.warnings(plan("G26")));
    }

    @Property(seed = "2026")
    void eachListenAddressIsARuleAndTheLastOneComesFirst(
            @ForAll @Size(min = 1, max = 16) List<@IntRange(min = 1, max = 254) Integer> numbers) {
        RedirectFixture fixture = redirect("www");
        numbers.forEach(number -> fixture.listen("192.0.2." + number, "80"));
        List<String> rules = rulesOf(PfPrinter.print(lower(fixture.build()), host -> true)).lines().toList();
        List<String> expected = numbers.reversed().stream().map(number -> " to 192.0.2." + number + " port ").toList();
        assertEquals(expected.size(), rules.size());
        for (int i = 0; i < rules.size(); i++) {
            assertTrue(rules.get(i).contains(expected.get(i)), rules.get(i));
        }
    }

    @Property(seed = "2026")
    void aTimeoutIsSetForTcpOnlyAndFitsTheKernel(@ForAll("protocols") String protocol, @ForAll long timeout) {
        long seconds = Math.floorMod(timeout, 1L << 40);
        String rule = rulesOf(PfPrinter.print(lower(redirect("r").listen("192.0.2.7", protocol, "7")
                .timeout(seconds).build()), host -> true));
        String expected = "(tcp.established " + Math.min(seconds, Integer.MAX_VALUE) + ")";
        assertEquals(protocol.equals("tcp") && seconds > 0, rule.contains(expected), rule);
    }

    @Provide
    Arbitrary<String> protocols() {
        return Arbitraries.of("tcp", "udp", "sctp");
    }

    private static PfPlan plan(String name) {
        return new PfLowering(name.equals("G27") ? 3 : 0).lower(RedirectFixture.config(ManualCases.all().get(name)));
    }

    private static PfPlan lower(Redirect redirect) {
        return new PfLowering(0).lower(RedirectFixture.config(redirect));
    }

    /** The rules alone, without headings, tables and comments. */
    private static String rulesOf(String text) {
        return text.lines().filter(line -> !line.startsWith("#") && !line.startsWith("table "))
                .map(line -> line + "\n").reduce("", String::concat);
    }

    private static String text(String name) {
        try (InputStream in = PfPrinterTest.class.getResourceAsStream("/pf/" + name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
