package org.relayd.compiler.check;

import org.relayd.compiler.check.protocol.Protocols;
import org.relayd.compiler.check.state.Findings;
import org.relayd.compiler.check.state.GlobalsInEffect;
import org.relayd.compiler.check.table.Tables;
import org.relayd.ir.config.Protocol;
import org.relayd.ir.diagnostic.AdviceCode;
import org.relayd.ir.diagnostic.Diagnostic;
import org.relayd.ir.source.Span;

/** What can be compared only when the whole file has been read, in OpenBSD's order. */
final class EndChecker {
    private final Tables tables;
    private final Protocols protocols;
    private final GlobalsInEffect globals;
    private final Findings findings;

    EndChecker(Tables tables, Protocols protocols, GlobalsInEffect globals, Findings findings) {
        this.tables = tables;
        this.protocols = protocols;
        this.globals = globals;
        this.findings = findings;
    }

    /**
     * Compares.
     *
     * @param hasActions
     *            whether a redirection, relay or router is left
     */
    void check(boolean hasActions) {
        if (!hasActions) {
            findings.consequence(GlobalErrors.noActions());
        }
        long interval = globals.interval();
        if (globals.timeout() / 1000 >= interval) {
            findings.atEnd(GlobalErrors.timeoutExceedsInterval(globals.timeout(), interval, globals.timing()));
        }
        tables.uses().checkEnd(interval);
        for (Protocol protocol : protocols.all()) {
            if (!protocols.isUsed(protocol)) {
                findings.consequence(unused(protocol.name(), protocols.names().place(protocol.name()).orElseThrow()));
            }
        }
    }

    private static Diagnostic unused(String name, Span place) {
        return Diagnostic.global(AdviceCode.UNUSED_PROTOCOL, "unused protocol: " + name)
                .labelled(place, "no relay uses it");
    }
}
