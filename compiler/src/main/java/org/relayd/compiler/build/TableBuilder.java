package org.relayd.compiler.build;

import static org.relayd.compiler.build.Converters.count;
import static org.relayd.compiler.build.Converters.first;
import static org.relayd.compiler.build.Converters.span;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.relayd.grammar.RelaydParser.*;
import org.relayd.ir.parsed.TableDeclaration;
import org.relayd.ir.parsed.TableDeclaration.HostEntry;
import org.relayd.ir.parsed.TableDeclaration.HostOption;
import org.relayd.ir.parsed.TableUse;
import org.relayd.ir.parsed.Text;
import org.relayd.ir.source.Span;
import org.relayd.ir.term.Dialect;
import org.relayd.ir.term.SchedulingMode;

/** Builds tables and their use in forward lines. relayd.conf(5): TABLES. */
final class TableBuilder {
    private final Converters converters;
    private final Layout layout;
    private final CheckBuilder checks;

    TableBuilder(Converters converters, Layout layout) {
        this.converters = converters;
        this.layout = layout;
        this.checks = new CheckBuilder(converters);
    }

    TableDeclaration build(TableContext table) {
        boolean disabled = false;
        List<HostEntry> hosts = new ArrayList<>();
        for (TablePartContext part : table.tablePart()) {
            switch (part) {
                case TableDisableContext _ -> disabled = true;
                case TableHostListContext list -> {
                    layout.hostList(list.tableHosts());
                    hosts(list.tableHosts(), hosts);
                }
                default -> throw Trees.unknown(part);
            }
        }
        return new TableDeclaration(span(table), converters.tableName(table.tableName()), disabled, hosts);
    }

    private void hosts(TableHostsContext list, List<HostEntry> hosts) {
        for (TableItemContext item : list.tableItem()) {
            TableHostContext host = item.tableHost();
            if (host != null) {
                List<HostOption> options = new ArrayList<>();
                for (TableHostOptionContext option : host.tableHostOption()) {
                    options.add(hostOption(option));
                }
                hosts.add(new HostEntry(span(host), converters.text(host.name()), options));
            }
        }
    }

    private static HostOption hostOption(TableHostOptionContext option) {
        Span span = span(option);
        return switch (option) {
            case HostRetryContext retry -> new HostOption.Retry(span, count(retry.NUMBER()));
            case HostParentContext parent -> new HostOption.Parent(span, count(parent.NUMBER()));
            case HostPriorityContext priority -> new HostOption.Priority(span, count(priority.NUMBER()));
            case HostTtlContext ttl -> new HostOption.Ttl(span, count(ttl.NUMBER()));
            default -> throw Trees.unknown(option);
        };
    }

    /** Builds the table of a forward line with its options. */
    TableUse use(TableUseContext use) {
        List<TableUse.Option> options = new ArrayList<>();
        for (TableOptionContext option : use.tableOption()) {
            options.add(option(option));
        }
        return new TableUse(span(use), converters.tableName(use.tableName()), options);
    }

    private TableUse.Option option(TableOptionContext option) {
        Span span = span(option);
        return switch (option) {
            case TableCheckContext check -> new TableUse.Option.Check(span, checks.build(check.check()));
            case TablePortContext port -> new TableUse.Option.TargetPort(span, converters.port(port.port()));
            case TableTimeoutContext timeout -> new TableUse.Option.Timeout(span, count(timeout.NUMBER()));
            case TableIntervalContext interval -> new TableUse.Option.Interval(span, count(interval.NUMBER()));
            case TableDemoteContext demote -> new TableUse.Option.Demote(span, converters.text(demote.name()));
            case TableSchedulingContext scheduling -> scheduling(span, scheduling);
            default -> throw Trees.unknown(option);
        };
    }

    private TableUse.Option scheduling(Span span, TableSchedulingContext scheduling) {
        Optional<SchedulingMode> mode = scheduling.tableMode() == null ? Optional.empty()
                : Optional.of(Converters.value(first(scheduling.tableMode()), SchedulingMode.values()));
        Optional<Text> key = converters.optionalText(scheduling.tableHashKey());
        if (key.isPresent()) {
            converters.dialects().only(Dialect.CURRENT, "a key behind mode", first(scheduling.tableHashKey()));
        }
        return new TableUse.Option.Mode(span, mode, key);
    }
}
