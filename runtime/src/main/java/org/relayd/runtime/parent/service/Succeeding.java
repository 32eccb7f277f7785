package org.relayd.runtime.parent.service;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.relayd.ir.config.Host;
import org.relayd.ir.config.HostId;
import org.relayd.ir.config.Table;
import org.relayd.ir.term.HostState;

/**
 * What a daemon tells the one that takes over from it of its hosts. Numbers of hosts mean nothing to another
 * configuration: a host is the same if its table has the same name and check, and it has the same name and address.
 */
public final class Succeeding {
    private static final String SEPARATOR = "\n";

    private Succeeding() {}

    /** Returns a text for each host whose state is known. */
    public static List<String> texts(List<Table> tables, Map<HostId, HostState> states) {
        List<String> texts = new ArrayList<>();
        for (Table table : tables) {
            for (Host host : table.hosts()) {
                Optional.ofNullable(states.get(host.id()))
                        .ifPresent(state -> texts.add(state.word() + SEPARATOR + name(table, host)));
            }
        }
        return texts;
    }

    private static String name(Table table, Host host) {
        return String.join(SEPARATOR, table.name(), host.name(), host.address().toString(),
                table.check().map(Object::toString).orElse(""));
    }

    /** Returns what texts say of the hosts of tables; nothing of those that are others. */
    public static Map<HostId, HostState> states(List<String> texts, List<Table> tables) {
        Map<String, HostState> known = new HashMap<>();
        for (String text : texts) {
            int end = text.indexOf(SEPARATOR);
            for (HostState state : HostState.values()) {
                if (end > 0 && text.substring(0, end).equals(state.word())) {
                    known.put(text.substring(end + 1), state);
                }
            }
        }
        Map<HostId, HostState> states = new HashMap<>();
        for (Table table : tables) {
            for (Host host : table.hosts()) {
                Optional.ofNullable(known.get(name(table, host))).ifPresent(state -> states.put(host.id(), state));
            }
        }
        return states;
    }
}
