package org.relayd.compiler.print;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.relayd.compiler.print.SectionOrder.Section;
import org.relayd.compiler.translate.OldDefaults;
import org.relayd.ir.config.CheckedConfig;
import org.relayd.ir.config.GlobalSettings;
import org.relayd.ir.config.GlobalSettings.ConnectionLog;
import org.relayd.ir.config.Redirect;
import org.relayd.ir.config.Relay;
import org.relayd.ir.config.Router;
import org.relayd.ir.term.Dialect;
import org.relayd.ir.term.SchedulingMode;

/**
 * Writes a configuration as a canonical relayd.conf(5) of the current dialect, which means the same when it is read
 * again. Macros, includes, comments and tables that nothing names are gone.
 */
public final class ConfPrinter {
    private final ConfText text = new ConfText();
    private final CheckedConfig config;
    private final TableText tables;
    private final ProtocolText protocols;

    private ConfPrinter(CheckedConfig config) {
        this.config = config;
        this.tables = new TableText(text, config.globals());
        this.protocols = new ProtocolText(text, new RuleText(text, tables), config.dialect());
    }

    /**
     * A configuration in the current dialect.
     *
     * @param text
     *            the file; incomplete if there are refusals
     * @param refusals
     *            what the current dialect cannot say exactly, one line each
     * @param notices
     *            what was left out without a change of meaning, and what dialect 5.1 has otherwise, one line each
     */
    public record Printed(String text, List<String> refusals, List<String> notices) {}

    /** Writes a configuration; one of dialect 5.1 is translated. */
    public static Printed print(CheckedConfig config) {
        return new ConfPrinter(config).print();
    }

    private Printed print() {
        globals();
        config.tables().forEach(tables::template);
        config.namedTables().forEach(tables::named);
        config.protocols().forEach(protocols::protocol);
        SectionOrder.of(config).forEach(this::section);
        List<String> refusals = new ArrayList<>(protocols.refusals());
        text.unwritable().forEach(value -> refusals.add("no quoting can express the text " + value.strip()));
        return new Printed(text.toString(), List.copyOf(refusals), notices());
    }

    /** Listen lines of a relay are relays of their own and have nothing new to say; relays may share a protocol. */
    private List<String> notices() {
        Stream<String> changed = config.dialect() == Dialect.CURRENT ? Stream.empty()
                : SectionOrder.of(config).stream().flatMap(section -> switch (section) {
                    case Section.OfRelay(Relay base, var _) -> OldDefaults.notices(config, base).stream();
                    case Section.OfRedirect _,Section.OfRouter _ -> Stream.empty();
                });
        return Stream.concat(protocols.notices().stream(), changed).distinct().toList();
    }

    private void globals() {
        GlobalSettings globals = config.globals();
        if (config.usesExtensions()) {
            text.line("extensions on");
        }
        text.line("interval " + globals.interval().toSeconds());
        text.line("timeout " + globals.timeout().toMillis());
        text.line("prefork " + globals.prefork());
        if (globals.log().stateChanges()) {
            text.line("log state changes");
        }
        if (globals.log().hostChecks()) {
            text.line("log host checks");
        }
        // In 5.1 the session lines follow the update log and cannot be told apart from it.
        if (globals.log().connections() != ConnectionLog.NONE) {
            text.line("log connection" + (globals.log().connections() == ConnectionLog.ERRORS ? " errors" : ""));
        }
        globals.agent().ifPresent(agent -> text.line(agent.trapsOnly() ? "snmp trap " + text.quoted(agent.path())
                : "agentx" + agent.context().map(c -> " context " + text.quoted(c)).orElse("") + " path "
                        + text.quoted(agent.path())));
        globals.controlSocket().ifPresent(path -> text.line("socket " + text.quoted(path)));
        text.line("");
    }

    private void section(Section section) {
        switch (section) {
            case Section.OfRedirect(Redirect redirect) -> new RedirectText(text, tables).redirect(redirect);
            case Section.OfRelay(Relay base, List<Relay> further) -> new RelayText(text, tables).relay(base, further);
            case Section.OfRouter(Router router) -> router(router);
        }
    }

    private void router(Router router) {
        text.open("router " + text.quoted(router.name()));
        for (Router.Route route : router.routes()) {
            text.line("route " + text.quoted(route.destination().address().toString()) + "/"
                    + route.destination().length());
        }
        router.gateways().ifPresent(table -> text.line(
                "forward to " + tables.use(table, Optional.empty(), SchedulingMode.ROUNDROBIN, Optional.empty())));
        if (router.rtable() != 0) {
            text.line("rtable " + router.rtable());
        }
        router.label().ifPresent(label -> text.line("rtlabel " + text.quoted(label)));
        if (router.disabled()) {
            text.line("disable");
        }
        text.close();
    }
}
