package org.relayd.compiler.check.table;

import java.util.Optional;
import org.relayd.compiler.check.lookup.Lookups;
import org.relayd.compiler.check.state.Extensions;
import org.relayd.compiler.check.state.Findings;
import org.relayd.compiler.check.state.GlobalsInEffect;
import org.relayd.compiler.check.state.Limits;
import org.relayd.compiler.check.table.Scheduling.Choice;
import org.relayd.compiler.check.table.Scheduling.Place;
import org.relayd.ir.net.Port;
import org.relayd.ir.parsed.CheckDeclaration;
import org.relayd.ir.parsed.Count;
import org.relayd.ir.parsed.PortSpec;
import org.relayd.ir.parsed.TableUse;
import org.relayd.ir.parsed.Text;
import org.relayd.ir.source.Span;

/** Checks the table of a forward line with its options. relayd.conf(5): TABLES. */
public final class TableUseChecker {

    /**
     * A table as a forward line uses it.
     *
     * @param table
     *            the table
     * @param choice
     *            how its hosts are chosen
     */
    public record UsedTable(DerivedTable table, Choice choice) {}

    /**
     * What the listen lines of a section say about the port of its tables.
     *
     * @param port
     *            the port, if a listen line stands above
     * @param refused
     *            whether a listen line was refused, so that a missing port is no news
     * @param below
     *            whether the section has listen lines further below
     */
    public record ListenPort(Optional<Port> port, boolean refused, boolean below) {}

    private final Tables tables;
    private final GlobalsInEffect globals;
    private final Lookups lookups;
    private final Findings findings;
    private final CheckReader checks;

    /**
     * @param tables
     *            definitions and uses
     * @param globals
     *            global settings at the line being checked
     * @param lookups
     *            know ports and interface groups
     * @param extensions
     *            whether the file may use them
     * @param findings
     *            takes what is wrong
     */
    public TableUseChecker(Tables tables, GlobalsInEffect globals, Lookups lookups, Extensions extensions,
            Findings findings) {
        this.tables = tables;
        this.globals = globals;
        this.lookups = lookups;
        this.findings = findings;
        this.checks = new CheckReader(extensions, findings, tables.dialect());
    }

    /** Returns all about tables that is known at the line being checked. */
    public Tables tables() {
        return tables;
    }

    /**
     * Checks a use.
     *
     * @param place
     *            the kind of section
     * @param listenPort
     *            the port of the hosts where the line names none
     * @return the table; empty, with an error, if it cannot be used
     */
    public Optional<UsedTable> check(TableUse use, Place place, ListenPort listenPort) {
        Findings.Statement statement = findings.begin();
        Optional<TableTemplate> template = find(use.table());
        Options options = new Options();
        for (TableUse.Option option : use.options()) {
            read(option, options);
        }
        Choice choice = tables.scheduling().read(use, place);
        Optional<Port> port = options.port.or(listenPort::port);
        if (port.isEmpty() && !statement.isRefused() && !listenPort.refused()) {
            findings.add(TableUseErrors.noPort(use.table().span(), listenPort.below()));
        }
        if (statement.isRefused() || port.isEmpty() || template.isEmpty()) {
            return Optional.empty();
        }
        TableSettings settings = new TableSettings(use.table().value() + ":" + port.get(), port.get(),
                options.port.isPresent(), options.check.compared(), options.timeout, options.skip, options.demoteGroup);
        return tables.uses().derive(template.get(), settings, use).map(table -> new UsedTable(table, choice));
    }

    private Optional<TableTemplate> find(Text name) {
        Optional<TableTemplate> template = tables.templates().find(name.value());
        if (template.isEmpty()) {
            boolean refused = tables.templates().isRefused(name.value());
            findings.followUp(TableUseErrors.unknownTable(name,
                    refused ? Optional.empty() : tables.templates().similar(name.value()), refused), refused);
        }
        return template;
    }

    private void read(TableUse.Option option, Options options) {
        switch (option) {
            case TableUse.Option.Check(Span _, CheckDeclaration check) -> checks.read(check, options.check);
            case TableUse.Option.TargetPort(Span _, PortSpec port) -> options.port = lookups.ports().single(port);
            case TableUse.Option.Timeout(Span _, Count milliseconds) -> {
                if (milliseconds.value() < 0) {
                    findings.add(TableUseErrors.invalidTimeout(milliseconds));
                }
                options.timeout = milliseconds.value();
            }
            case TableUse.Option.Interval(Span _, Count seconds) -> readInterval(seconds, options);
            case TableUse.Option.Demote(Span _, Text group) -> readDemotion(group, options);
            case TableUse.Option.Mode _ -> {
                // Read by Scheduling, which knows the lines above.
            }
        }
    }

    private void readInterval(Count seconds, Options options) {
        long global = globals.interval();
        if (global == 0 || seconds.value() < global || seconds.value() % global != 0) {
            findings.add(TableUseErrors.interval(seconds, global));
        } else {
            options.skip = seconds.value() / global - 1;
        }
    }

    private void readDemotion(Text group, Options options) {
        if (Limits.exceeds(group.value(), Limits.INTERFACE_NAME)) {
            findings.add(TableUseErrors.demoteGroupTooLong(group));
        } else if (!lookups.environment().isDemotionGroup(group.value())) {
            findings.add(TableUseErrors.noDemoteGroup(group));
            findings.add(TableUseErrors.demoteGroup(group));
        } else {
            options.demoteGroup = Optional.of(group.value());
        }
    }

    /** The options of one forward line as they are read, the last of each kind. */
    private static final class Options {
        private final CheckSettings check = new CheckSettings();
        private Optional<Port> port = Optional.empty();
        private long timeout;
        private long skip;
        private Optional<String> demoteGroup = Optional.empty();
    }
}
