package org.relayd.compiler.lint;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.relayd.ir.config.CheckedConfig;
import org.relayd.ir.config.Relay;
import org.relayd.ir.parsed.ParsedConfig;
import org.relayd.ir.parsed.RelayDeclaration;
import org.relayd.ir.source.Span;

/**
 * A relay and where it is written: each listen line makes one, in the same order.
 *
 * @param relay
 *            what it is
 * @param section
 *            its section
 * @param listen
 *            its listen line
 */
record WrittenRelay(Relay relay, RelayDeclaration section, Span listen) {

    /** Returns all relays of a configuration, in its order. */
    static List<WrittenRelay> all(ParsedConfig written, CheckedConfig meant) {
        List<WrittenRelay> all = new ArrayList<>();
        Iterator<Relay> relays = meant.relays().iterator();
        for (RelayDeclaration section : Uses.all(written, RelayDeclaration.class)) {
            section.options().stream().filter(RelayDeclaration.Option.Listen.class::isInstance)
                    .map(RelayDeclaration.Option::span)
                    .forEach(line -> all.add(new WrittenRelay(relays.next(), section, line)));
        }
        return all;
    }

    /** Returns whether it is that of the first listen line of its section, and named like it. */
    boolean isFirst() {
        return relay.name().equals(section.name().value());
    }
}
