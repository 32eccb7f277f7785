package org.relayd.compiler.lint;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.relayd.ir.config.CheckedConfig;
import org.relayd.ir.config.Host;
import org.relayd.ir.config.Router;
import org.relayd.ir.config.Table;
import org.relayd.ir.diagnostic.AdviceCode;
import org.relayd.ir.diagnostic.Diagnostic;
import org.relayd.ir.parsed.ParsedConfig;
import org.relayd.ir.parsed.RouterDeclaration;
import org.relayd.ir.source.Span;

/** Gateways that cannot carry the routes of their router. */
final class RouterLint {
    private RouterLint() {}

    static List<Diagnostic> of(ParsedConfig written, CheckedConfig meant) {
        Map<String, Span> places = new HashMap<>();
        Uses.all(written, RouterDeclaration.class)
                .forEach(router -> places.put(router.name().value(), router.name().span()));
        List<Diagnostic> advice = new ArrayList<>();
        for (Router router : meant.routers()) {
            for (Host gateway : router.gateways().map(Table::hosts).orElse(List.of())) {
                if (gateway.address().family() != router.family()) {
                    advice.add(Diagnostic.at(AdviceCode.GATEWAY_FAMILY, places.get(router.name()), "gateway "
                            + gateway.name() + " is no " + router.family().word() + " address and gets no routes"));
                }
            }
        }
        return advice;
    }
}
