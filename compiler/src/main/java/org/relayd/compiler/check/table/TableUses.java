package org.relayd.compiler.check.table;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.relayd.compiler.check.state.Findings;
import org.relayd.compiler.check.state.Limits;
import org.relayd.ir.config.Table;
import org.relayd.ir.config.TableId;
import org.relayd.ir.parsed.TableUse;
import org.relayd.ir.source.Span;
import org.relayd.ir.term.Dialect;

/**
 * The uses of tables, with ids in the order of use. A use becomes a table of its own unless an
 * earlier one has equal settings.
 *
 * <p>OpenBSD compares before it fills in the definition's timeout and its {@code disable}. So lines share a table only
 * if the later one writes the timeout, and the definition is not disabled; a table that is routed to is never shared.
 */
public final class TableUses {
    private final Dialect dialect;
    private final Findings findings;
    private final LinkedHashSet<DerivedTable> tables = new LinkedHashSet<>();
    private final Map<TableSettings, DerivedTable> shared = new HashMap<>();
    private final Map<String, Span> places = new HashMap<>();
    private int lastTable;
    private int lastHost;

    TableUses(Dialect dialect, Findings findings) {
        this.dialect = dialect;
        this.findings = findings;
    }

    /**
     * Returns the table for a use: an earlier one with equal settings, or a new one. Empty, with an error,
     * if its name is too long.
     */
    Optional<DerivedTable> derive(TableTemplate template, TableSettings settings, TableUse use) {
        Optional<TableSettings> named = fitName(settings, use);
        if (named.isEmpty()) {
            return Optional.empty();
        }
        DerivedTable earlier = shared.get(named.get());
        if (earlier != null) {
            return Optional.of(earlier);
        }
        DerivedTable table = new DerivedTable(new TableId(++lastTable), template, named.get(), use.span(),
                lastHost + 1);
        lastHost += table.size();
        tables.add(table);
        places.putIfAbsent(table.name(), use.span());
        if (!template.disabled()) {
            shared.putIfAbsent(named.get().withTimeout(table.timeout()), table);
        }
        return Optional.of(table);
    }

    /** Takes back a use that a section refused, unless an earlier section has it; its ids are not given again. */
    public void discard(DerivedTable table) {
        if (table.isUsed()) {
            return;
        }
        tables.remove(table);
        shared.remove(table.settings().withTimeout(table.timeout()), table);
    }

    /** Notes that packets are routed to the hosts of a use through an interface; no later line shares it. */
    public void routeTo(DerivedTable table, String interfaceName) {
        table.routeTo(interfaceName);
        shared.remove(table.settings().withTimeout(table.timeout()), table);
    }

    /** Returns where a use of this name, {@code NAME:PORT}, is written. */
    Optional<Span> place(String name) {
        return Optional.ofNullable(places.get(name));
    }

    /**
     * Compares all uses with the global interval and with each other at the end of the file.
     *
     * @param interval
     *            global interval, seconds
     */
    public void checkEnd(long interval) {
        Map<Integer, TableTemplate.HostOptions> hosts = new HashMap<>();
        for (DerivedTable table : tables) {
            int id = table.firstHost();
            for (TableTemplate.HostTemplate host : table.template().hosts()) {
                hosts.put(id++, host.options());
            }
        }
        for (DerivedTable table : tables) {
            int id = table.firstHost();
            for (TableTemplate.HostTemplate host : table.template().hosts()) {
                checkParent(id++, host.options(), hosts);
            }
            if (!table.isUsed()) {
                findings.consequence(TableUseErrors.unusedTable(table.name(), table.place()));
            }
            if (table.timeout() / 1000 >= interval) {
                findings.atEnd(TableUseErrors.timeoutExceedsInterval(table.name(), table.place(), table.timeout(),
                        interval));
            }
        }
    }

    private void checkParent(int id, TableTemplate.HostOptions options, Map<Integer, TableTemplate.HostOptions> hosts) {
        int parent = options.parent();
        if (parent == 0) {
            return;
        }
        if (parent == id) {
            findings.atEnd(TableErrors.invalidParent(parent, options.parentSpan(), "this is host " + id + " itself"));
        } else if (!hosts.containsKey(parent)) {
            findings.atEnd(TableErrors.invalidParent(parent, options.parentSpan(), "there is no host " + parent));
        } else if (hosts.get(parent).parent() != 0) {
            findings.atEnd(TableErrors.invalidParent(parent, options.parentSpan(),
                    "host " + parent + " has a parent itself"));
        }
    }

    /**
     * Finishes all tables.
     *
     * @param interval
     *            global interval at the end of the file, seconds
     */
    public Finished finish(long interval) {
        Map<DerivedTable, Table> finished = new HashMap<>();
        List<Table> inOrder = new ArrayList<>(tables.size());
        for (DerivedTable derived : tables) {
            Table table = derived.finish(interval);
            finished.put(derived, table);
            inOrder.add(table);
        }
        return new Finished(inOrder, finished);
    }

    /** The finished tables. */
    public static final class Finished {
        private final List<Table> inOrder;
        private final Map<DerivedTable, Table> byUse;

        private Finished(List<Table> inOrder, Map<DerivedTable, Table> byUse) {
            this.inOrder = inOrder;
            this.byUse = byUse;
        }

        /** Returns all tables in the order of their ids. */
        public List<Table> all() {
            return inOrder;
        }

        /** Returns what became of a use. */
        public Table of(DerivedTable use) {
            return byUse.get(use);
        }
    }

    // 5.1 cuts the name in silence.
    private Optional<TableSettings> fitName(TableSettings settings, TableUse use) {
        if (!Limits.exceeds(settings.name(), Limits.TABLE_NAME)) {
            return Optional.of(settings);
        }
        if (dialect == Dialect.CURRENT) {
            findings.add(TableErrors.useNameTooLong(use.table(), settings.name()));
            return Optional.empty();
        }
        byte[] bytes = settings.name().getBytes(StandardCharsets.UTF_8);
        String cut = new String(Arrays.copyOf(bytes, Limits.TABLE_NAME), StandardCharsets.UTF_8);
        findings.add(TableErrors.useNameCut(use.table(), cut));
        return Optional.of(new TableSettings(cut, settings.port(), settings.explicitPort(), settings.check(),
                settings.timeout(), settings.skip(), settings.demoteGroup()));
    }
}
