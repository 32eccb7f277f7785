package org.relayd.runtime.platform.bsd;

import java.nio.ByteBuffer;
import java.util.random.RandomGenerator;
import org.relayd.ir.image.PfRequest;
import org.relayd.ir.net.IpProtocol;
import org.relayd.ir.net.PortRange;
import org.relayd.ir.pf.PfRule;
import org.relayd.ir.pf.PfRule.Pool;
import org.relayd.ir.pf.PfRule.Selection;
import org.relayd.ir.term.SchedulingMode;
import org.relayd.runtime.platform.bsd.abi.Abi;
import org.relayd.runtime.platform.bsd.abi.Image;

/** Rules as the structs of OpenBSD's kernel, field by field what pf.conf(5) says of the rule's words. */
final class RuleImages {
    private static final int SYN = 0x02;
    private static final int SYN_ACK = 0x12;
    private static final int UNCHANGED = -1;

    private final Abi abi;
    private final RandomGenerator random;

    /**
     * Creates them.
     *
     * @param random
     *            makes up keys of hashes that the configuration gives none for
     */
    RuleImages(Abi abi, RandomGenerator random) {
        this.abi = abi;
        this.random = random;
    }

    /** Returns {@code pf_rule}. */
    Image of(PfRequest request) {
        PfRule rule = request.rule();
        Image image = abi.image("pf_rule");
        image.number("action", abi.constant(rule.match() ? "PF_MATCH" : "PF_PASS"));
        image.number("quick", rule.match() ? 0 : 1);
        image.number("direction", abi.constant("PF_IN"));
        image.number("log", rule.log() ? 1 : 0);
        image.number("keep_state", abi.constant("PF_STATE_NORMAL"));
        image.number("af", Addresses.family(abi, rule.destination().family()));
        image.number("proto", request.protocol());
        image.part("dst", destination(rule));
        rule.interfaceName().ifPresent(name -> image.text("ifname", name));
        image.number("rtableid", UNCHANGED);
        image.number("onrdomain", rule.routingDomain());
        rule.establishedTimeout().ifPresent(seconds -> image.element("timeout",
                abi.constant("PFTM_TCP_ESTABLISHED"), Integer.BYTES, seconds));
        rule.tag().ifPresent(tag -> image.text("tagname", tag));
        image.part("nat", nowhere());
        switch (rule.pool()) {
            case Pool.RedirectTo target -> redirect(image, rule, target);
            case Pool.RouteTo target -> route(image, target);
        }
        return image;
    }

    private Image destination(PfRule rule) {
        PortRange ports = rule.ports();
        Image destination = Addresses.exactly(abi, rule.destination()).port("port", 0, ports.first().number())
                .number("port_op", abi.constant(ports.range() ? "PF_OP_RRG" : "PF_OP_EQ"));
        return ports.range() ? destination.port("port", 1, ports.last().number()) : destination;
    }

    /** Only the first packet of a TCP connection is redirected; the others follow the state that it makes. */
    private void redirect(Image image, PfRule rule, Pool.RedirectTo target) {
        if (rule.protocol().equals(IpProtocol.TCP)) {
            image.number("flags", SYN);
            image.number("flagset", SYN_ACK);
        }
        Image pool = pool(target.table(), target.selection());
        target.port().ifPresent(port -> pool.element("proxy_port", 0, Short.BYTES, port.number())
                .number("port_op", abi.constant("PF_OP_EQ")));
        image.part("rdr", pool);
    }

    /** The answers of direct server return do not come back through pf, which sees half a connection. */
    private void route(Image image, Pool.RouteTo target) {
        image.number("rt", abi.constant("PF_ROUTETO"));
        image.number("rule_flag", abi.constant("PFRULE_STATESLOPPY"));
        image.part("rdr", nowhere());
        image.part("route", pool(target.table(), target.selection()).text("ifname", target.interfaceName()));
    }

    private Image nowhere() {
        return abi.image("pf_pool").number("addr.type", abi.constant("PF_ADDR_NONE"));
    }

    private Image pool(String table, Selection selection) {
        Image pool = abi.image("pf_pool").number("addr.type", abi.constant("PF_ADDR_TABLE"))
                .text("addr.v.tblname", table);
        int sticky = selection.sticky() ? abi.constant("PF_POOL_STICKYADDR") : 0;
        pool.number("opts", abi.constant(constant(selection.mode())) | sticky);
        if (selection.mode() == SchedulingMode.SOURCE_HASH) {
            ByteBuffer key = ByteBuffer.wrap(selection.key().map(written -> written.bytes()).orElseGet(this::key));
            for (int word = 0; word < key.capacity() / Integer.BYTES; word++) {
                pool.element("key", word, Integer.BYTES, key.getInt());
            }
        }
        return pool;
    }

    private byte[] key() {
        byte[] key = new byte[16];
        random.nextBytes(key);
        return key;
    }

    /** The hashing modes of relays cannot come here: the checker refuses them for redirections. */
    private static String constant(SchedulingMode mode) {
        return switch (mode) {
            case ROUNDROBIN -> "PF_POOL_ROUNDROBIN";
            case LEAST_STATES -> "PF_POOL_LEASTSTATES";
            case RANDOM -> "PF_POOL_RANDOM";
            case SOURCE_HASH -> "PF_POOL_SRCHASH";
            case LOADBALANCE, HASH -> throw new IllegalArgumentException("mode " + mode.word() + " in a pf pool");
        };
    }
}
