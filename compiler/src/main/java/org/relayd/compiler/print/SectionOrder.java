package org.relayd.compiler.print;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.relayd.ir.config.CheckedConfig;
import org.relayd.ir.config.Redirect;
import org.relayd.ir.config.Relay;
import org.relayd.ir.config.RelayTable;
import org.relayd.ir.config.Router;
import org.relayd.ir.config.Table;
import org.relayd.ir.config.TableId;

/**
 * Puts sections back in an order that gives every table the id it has: ids count uses, whatever the kind of the
 * section. Among sections of one kind the order is that of their own ids.
 */
final class SectionOrder {
    private final Set<TableId> placed = new HashSet<>();

    /** A section that uses tables. */
    sealed interface Section {

        /** Returns the tables in order of use. */
        List<Table> tables();

        /** A redirection. */
        record OfRedirect(Redirect redirect) implements Section {
            @Override
            public List<Table> tables() {
                List<Table> tables = new ArrayList<>(List.of(redirect.table()));
                redirect.backup().ifPresent(tables::add);
                return tables;
            }
        }

        /** A relay with the relays of its further listen lines. */
        record OfRelay(Relay base, List<Relay> further) implements Section {
            @Override
            public List<Table> tables() {
                return base.forward().tables().stream().map(RelayTable::table).toList();
            }
        }

        /** A router. */
        record OfRouter(Router router) implements Section {
            @Override
            public List<Table> tables() {
                return router.gateways().stream().toList();
            }
        }
    }

    /** Returns all sections of a configuration in order. */
    static List<Section> of(CheckedConfig config) {
        List<Deque<Section>> kinds = List.of(new ArrayDeque<>(), new ArrayDeque<>(), new ArrayDeque<>());
        config.redirects().forEach(redirect -> kinds.get(0).add(new Section.OfRedirect(redirect)));
        kinds.get(1).addAll(relays(config.relays()));
        config.routers().forEach(router -> kinds.get(2).add(new Section.OfRouter(router)));
        return new SectionOrder().merge(kinds);
    }

    private static List<Section> relays(List<Relay> relays) {
        List<Section> sections = new ArrayList<>();
        for (int first = 0; first < relays.size();) {
            Relay base = relays.get(first);
            int next = first + 1;
            while (next < relays.size() && RelayText.sameSection(base, relays.get(next))) {
                next++;
            }
            sections.add(new Section.OfRelay(base, relays.subList(first + 1, next)));
            first = next;
        }
        return sections;
    }

    private List<Section> merge(List<Deque<Section>> kinds) {
        List<Section> ordered = new ArrayList<>();
        while (true) {
            Deque<Section> earliest = kinds.stream().filter(kind -> !kind.isEmpty())
                    .min(Comparator.comparingInt(kind -> firstNewTable(kind.getFirst()))).orElse(null);
            if (earliest == null) {
                return ordered;
            }
            Section section = earliest.removeFirst();
            section.tables().forEach(table -> placed.add(table.id()));
            ordered.add(section);
        }
    }

    private int firstNewTable(Section section) {
        return section.tables().stream().map(Table::id).filter(id -> !placed.contains(id)).mapToInt(TableId::number)
                .min().orElse(0);
    }
}
