package org.relayd.compiler.check.section;

import org.relayd.ir.diagnostic.AdviceCode;
import org.relayd.ir.diagnostic.Diagnostic;
import org.relayd.ir.diagnostic.RouterCode;
import org.relayd.ir.parsed.Count;
import org.relayd.ir.parsed.Text;
import org.relayd.ir.source.Span;

/** Messages about routers. relayd.conf(5): ROUTERS. */
final class RouterErrors {
    private RouterErrors() {}

    static Diagnostic definedTwice(Text name, Span first) {
        return Diagnostic.at(RouterCode.ROUTER_DEFINED_TWICE, name.span(), "router " + name.value() + " defined twice")
                .captioned("second definition").labelled(first, "first defined here");
    }

    static Diagnostic nameTooLong(Text name) {
        return Diagnostic.at(RouterCode.ROUTER_NAME_TOO_LONG, name.span(), "router name truncated")
                .captioned("longer than 255 bytes");
    }

    static Diagnostic withoutRoutes(Text router, Span closing) {
        return Diagnostic.at(RouterCode.ROUTER_WITHOUT_ROUTES, closing, "router " + router.value() + " without routes")
                .helped("add a line such as: route 0.0.0.0/0");
    }

    static Diagnostic withoutGateways(Text router) {
        return Diagnostic.at(RouterCode.ROUTER_WITHOUT_GATEWAYS, router.span(),
                "router " + router.value() + " has no gateways")
                .helped("add a line such as: forward to <gateways> check icmp");
    }

    static Diagnostic familyMismatch(String router, Span route, Span first) {
        return Diagnostic.at(RouterCode.ROUTE_FAMILY, route, "router " + router + " address family mismatch")
                .labelled(first, "the first route is of the other family");
    }

    static Diagnostic tableTwice(String router, Span use, Span first) {
        return Diagnostic.at(RouterCode.ROUTER_TABLE_TWICE, use, "router " + router + " table already specified")
                .labelled(first, "first table");
    }

    static Diagnostic invalidRtable(Count id) {
        return Diagnostic.at(RouterCode.INVALID_RTABLE, id.span(), "invalid rtable id " + id.value())
                .captioned("must be 0 to 255");
    }

    static Diagnostic rtableTwice(String router, Span second, Span first) {
        return Diagnostic.at(RouterCode.RTABLE_TWICE, second, "router " + router + " rtable already specified")
                .labelled(first, "first routing table");
    }

    static Diagnostic labelTooLong(Text label) {
        return Diagnostic.at(RouterCode.ROUTE_LABEL_TOO_LONG, label.span(), "route label truncated")
                .captioned("longer than 31 bytes");
    }

    static Diagnostic invalidPrefix(Count length, int bits) {
        return Diagnostic.at(RouterCode.ROUTE_PREFIX, length.span(), "invalid prefixlen " + length.value())
                .captioned("must be 0 to " + bits);
    }

    static Diagnostic invalidDestination(Text address) {
        return Diagnostic.at(RouterCode.ROUTE_DESTINATION, address.span(), "invalid host " + address.value())
                .captioned("no numeric address, and the name does not resolve");
    }

    static Diagnostic disable(Span line) {
        return Diagnostic.at(RouterCode.ROUTER_DISABLE, line, "a router cannot be disabled")
                .noted("OpenBSD crashes on this line")
                .helped("put disable behind the name of its table, or take the section out");
    }
}
