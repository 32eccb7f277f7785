package org.relayd.runtime.platform.bsd;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.relayd.ir.config.HashKey;
import org.relayd.ir.image.PfRequest;
import org.relayd.ir.net.IpProtocol;
import org.relayd.ir.net.Port;
import org.relayd.ir.net.PortRange;
import org.relayd.ir.pf.PfRule;
import org.relayd.ir.pf.PfRule.Pool;
import org.relayd.ir.pf.PfRule.Selection;
import org.relayd.ir.term.SchedulingMode;
import org.relayd.runtime.platform.bsd.abi.Abi;
import org.relayd.runtime.platform.bsd.abi.Expected;
import org.relayd.runtime.platform.bsd.abi.Facts;

/** {@code struct pf_rule} of OpenBSD, every byte of it. */
class RuleImagesTest {
    private static final Facts FACTS = Facts.of("openbsd");
    private static final RandomGenerator ALWAYS = () -> 0x1122334455667788L;

    private static final Map<String, Integer> PROTOCOLS = Map.of("tcp", 6, "udp", 17, "sctp", 132);

    private final RuleImages images = new RuleImages(Abi.ofOpenBsd(), ALWAYS);

    private void is(Expected expected, PfRule rule) {
        assertArrayEquals(expected.toBytes(),
                images.of(new PfRequest(rule, PROTOCOLS.get(rule.protocol().name()))).bytes());
    }

    private static Expected pool(String mode) {
        return FACTS.expected("pf_pool").text("addr.v.tblname", "www").constant("addr.type", "PF_ADDR_TABLE")
                .constant("opts", mode);
    }

    private static Expected nowhere() {
        return FACTS.expected("pf_pool").constant("addr.type", "PF_ADDR_NONE");
    }

    /** What all rules to TCP port 80 of 192.0.2.10 have in common. */
    private static Expected web() {
        return FACTS.expected("pf_rule").constant("action", "PF_PASS").number("quick", 1)
                .constant("direction", "PF_IN").constant("keep_state", "PF_STATE_NORMAL").constant("af", "AF_INET")
                .number("proto", 6).hex("dst.addr.v.a.addr", "c000020a").hex("dst.addr.v.a.mask", "ffffffff")
                .hex("dst.port", "0050").constant("dst.port_op", "PF_OP_EQ").number("rtableid", -1)
                .hex("timeout", 8, "58020000").part("nat", nowhere());
    }

    private static Expected forward(Expected pool) {
        return web().number("flags", 0x02).number("flagset", 0x12).part("rdr", pool);
    }

    private static Expected to8080(Expected pool) {
        return pool.hex("proxy_port", "901f").constant("port_op", "PF_OP_EQ");
    }

    private static PfRule with(PfRule rule, Pool pool) {
        return new PfRule(rule.match(), rule.log(), rule.interfaceName(), rule.routingDomain(), rule.protocol(),
                rule.destination(), rule.ports(), rule.establishedTimeout(), rule.tag(), pool);
    }

    private static Pool.RedirectTo to8080(Selection selection) {
        return new Pool.RedirectTo("www", Optional.of(new Port(8080)), selection);
    }

    @Test
    void forwardRewritesTheDestination() {
        is(forward(to8080(pool("PF_POOL_ROUNDROBIN"))), PfFixture.forward("192.0.2.10"));
    }

    @Test
    void inet6HasItsOwnFamilyAndAWideMask() {
        is(forward(to8080(pool("PF_POOL_ROUNDROBIN"))).constant("af", "AF_INET6")
                .hex("dst.addr.v.a.addr", "20010db8000000000000000000000010").hex("dst.addr.v.a.mask", "ff".repeat(16)),
                PfFixture.forward("2001:db8::10"));
    }

    @Test
    void aRangeKeepsThePacketsPort() {
        PfRule rule = new PfRule(false, false, Optional.empty(), 0, IpProtocol.TCP, PfFixture.address("192.0.2.10"),
                new PortRange(new Port(8000), new Port(8010), true), OptionalInt.of(600), Optional.empty(),
                new Pool.RedirectTo("www", Optional.empty(), PfFixture.selection(SchedulingMode.ROUNDROBIN)));
        is(forward(pool("PF_POOL_ROUNDROBIN")).hex("dst.port", "1f401f4a").constant("dst.port_op", "PF_OP_RRG"), rule);
    }

    @Test
    void matchLogInterfaceDomainAndTag() {
        PfRule rule = new PfRule(true, true, Optional.of("em0"), 3, IpProtocol.TCP, PfFixture.address("192.0.2.10"),
                PortRange.single(new Port(80)), OptionalInt.of(600), Optional.of("RELAYD"),
                to8080(PfFixture.selection(SchedulingMode.ROUNDROBIN)));
        is(forward(to8080(pool("PF_POOL_ROUNDROBIN"))).constant("action", "PF_MATCH").number("quick", 0)
                .number("log", 1).text("ifname", "em0").number("onrdomain", 3).text("tagname", "RELAYD"), rule);
    }

    @Test
    void udpHasNeitherFlagsNorTimeout() {
        PfRule rule = new PfRule(false, false, Optional.empty(), 0, IpProtocol.UDP, PfFixture.address("192.0.2.10"),
                PortRange.single(new Port(80)), OptionalInt.empty(), Optional.empty(),
                to8080(PfFixture.selection(SchedulingMode.ROUNDROBIN)));
        is(web().number("proto", 17).hex("timeout", 8, "00000000").part("rdr", to8080(pool("PF_POOL_ROUNDROBIN"))),
                rule);
    }

    @Test
    void leastStatesAndRandom() {
        PfRule rule = PfFixture.forward("192.0.2.10");
        is(forward(to8080(pool("PF_POOL_LEASTSTATES"))),
                with(rule, to8080(PfFixture.selection(SchedulingMode.LEAST_STATES))));
        is(forward(to8080(pool("PF_POOL_RANDOM"))), with(rule, to8080(PfFixture.selection(SchedulingMode.RANDOM))));
    }

    /** pf shows the first word of the key first, each as a number: the words are in the machine's order. */
    @Test
    void sourceHashWithItsKeyAndStickyAddresses() {
        HashKey key = new HashKey("0x00112233445566778899aabbccddeeff", true);
        is(forward(to8080(pool("PF_POOL_SRCHASH")).hex("key", "3322110077665544bbaa9988ffeeddcc")
                .number("opts", FACTS.number("PF_POOL_SRCHASH") | FACTS.number("PF_POOL_STICKYADDR"))),
                with(PfFixture.forward("192.0.2.10"),
                        to8080(new Selection(SchedulingMode.SOURCE_HASH, Optional.of(key), true))));
    }

    @Test
    void sourceHashWithoutAKeyGetsARandomOne() {
        is(forward(to8080(pool("PF_POOL_SRCHASH")).hex("key", "55667788112233445566778811223344")),
                with(PfFixture.forward("192.0.2.10"), to8080(PfFixture.selection(SchedulingMode.SOURCE_HASH))));
    }

    @Test
    void routeToKeepsThePacketAndTakesConnectionsInTheirMiddle() {
        is(web().constant("rt", "PF_ROUTETO").constant("rule_flag", "PFRULE_STATESLOPPY").part("rdr", nowhere())
                .part("route", pool("PF_POOL_ROUNDROBIN").text("ifname", "em1")),
                with(PfFixture.forward("192.0.2.10"),
                        new Pool.RouteTo("www", "em1", PfFixture.selection(SchedulingMode.ROUNDROBIN))));
    }
}
