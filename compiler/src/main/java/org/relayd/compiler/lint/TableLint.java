package org.relayd.compiler.lint;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.relayd.ir.config.CheckedConfig;
import org.relayd.ir.config.HealthCheck;
import org.relayd.ir.config.Host;
import org.relayd.ir.config.HostId;
import org.relayd.ir.config.Table;
import org.relayd.ir.diagnostic.AdviceCode;
import org.relayd.ir.diagnostic.Diagnostic;
import org.relayd.ir.parsed.ParsedConfig;
import org.relayd.ir.parsed.TableDeclaration;
import org.relayd.ir.parsed.TableDeclaration.HostEntry;
import org.relayd.ir.parsed.TableDeclaration.HostOption;
import org.relayd.ir.parsed.TableUse;
import org.relayd.ir.source.Span;

/** Tables that nobody uses, tables that are checked twice, and parents in other tables. */
final class TableLint {
    private final ParsedConfig written;
    private final CheckedConfig meant;
    private final List<Diagnostic> advice = new ArrayList<>();

    private TableLint(ParsedConfig written, CheckedConfig meant) {
        this.written = written;
        this.meant = meant;
    }

    static List<Diagnostic> of(ParsedConfig written, CheckedConfig meant) {
        TableLint lint = new TableLint(written, meant);
        lint.unused();
        lint.checkedTwice();
        lint.distantParents();
        return lint.advice;
    }

    private void unused() {
        Set<String> used = new HashSet<>();
        Uses.of(written).forEach(use -> used.add(use.table().value()));
        for (TableDeclaration table : Uses.all(written, TableDeclaration.class)) {
            if (!used.contains(table.name().value())) {
                advice.add(Diagnostic.at(AdviceCode.UNUSED_TABLE, table.name().span(),
                        "table " + table.name().value() + " is not used").captioned("no forward line names it"));
            }
        }
    }

    private record CheckedAlike(String name, Optional<HealthCheck> check, long timeout, long interval,
            Optional<String> demoteGroup) {}

    private void checkedTwice() {
        Set<CheckedAlike> once = new HashSet<>();
        Set<CheckedAlike> said = new HashSet<>();
        Map<String, List<TableUse>> uses = new HashMap<>();
        Map<String, List<Table>> made = new HashMap<>();
        Uses.of(written).forEach(use -> uses.computeIfAbsent(use.table().value(), _ -> new ArrayList<>()).add(use));
        meant.tables().forEach(table -> made.computeIfAbsent(table.template(), _ -> new ArrayList<>()).add(table));
        for (Table table : meant.tables()) {
            if (table.check().isEmpty() || table.disabled() || table.routeInterface().isPresent()) {
                // Nothing is checked, or the lines could not share the hosts anyway.
                continue;
            }
            CheckedAlike key = new CheckedAlike(table.name(), table.check(), table.timeout().toMillis(),
                    table.interval().toSeconds(), table.demoteGroup());
            if (!once.add(key) && said.add(key)) {
                TableUse place = use(table, made.get(table.template()), uses.get(table.template()));
                advice.add(Diagnostic.at(AdviceCode.CHECKED_TWICE, place.table().span(),
                        "the hosts of " + table.name() + " are checked more than once in the same way")
                        .helped("write timeout " + table.timeout().toMillis()
                                + " on the forward lines to share the checks"));
            }
        }
    }

    /** Uses come in the order of the ids. Where some share a table, it cannot be told which ones. */
    private static TableUse use(Table table, List<Table> made, List<TableUse> uses) {
        return made.size() == uses.size() ? uses.get(made.indexOf(table)) : uses.getLast();
    }

    private void distantParents() {
        Map<HostId, Table> tables = new HashMap<>();
        meant.tables().forEach(table -> table.hosts().forEach(host -> tables.put(host.id(), table)));
        Set<String> said = new HashSet<>();
        for (Table table : meant.tables()) {
            for (Host host : table.hosts()) {
                Optional<Table> parent = host.parent().map(tables::get);
                if (parent.isPresent() && !parent.get().id().equals(table.id()) && said.add(table.template())) {
                    parentSpan(table.template()).ifPresent(span -> advice.add(Diagnostic.at(AdviceCode.DISTANT_PARENT,
                            span, "the parent is a host of another table").noted(
                                    "host " + host.id() + " of "
                                            + table.name() + " follows host " + host.parent().get() + " of "
                                            + parent.get().name())));
                }
            }
        }
    }

    private Optional<Span> parentSpan(String template) {
        return Uses.all(written, TableDeclaration.class).stream()
                .filter(table -> table.name().value().equals(template))
                .flatMap(table -> table.hosts().stream()).map(HostEntry::options).flatMap(List::stream)
                .filter(HostOption.Parent.class::isInstance).map(HostOption::span).findFirst();
    }
}
