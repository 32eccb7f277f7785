package org.relayd.compiler;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.relayd.compiler.translate.OldDefaults;
import org.relayd.ir.config.CheckedConfig;
import org.relayd.ir.config.Filter;
import org.relayd.ir.config.NamedTable;
import org.relayd.ir.config.Protocol;
import org.relayd.ir.config.Redirect;
import org.relayd.ir.config.Relay;
import org.relayd.ir.config.Relay.Forward;
import org.relayd.ir.config.RelayTable;
import org.relayd.ir.config.Router;
import org.relayd.ir.config.Table;
import org.relayd.ir.config.TlsSettings;
import org.relayd.ir.term.Dialect;

/** Whether two configurations mean the same. */
final class ConfigComparison {
    private final boolean translated;
    private final List<String> differences = new ArrayList<>();

    private ConfigComparison(boolean translated) {
        this.translated = translated;
    }

    /**
     * Returns what is not the same, one line each; empty if all is.
     *
     * @param original
     *            a configuration; if it is of dialect 5.1, what the translation of actions and the other defaults of
     *            TLS change on purpose does not count
     * @param written
     *            the same in the current dialect
     */
    static List<String> differences(CheckedConfig original, CheckedConfig written) {
        ConfigComparison comparison = new ConfigComparison(original.dialect() == Dialect.V5_1);
        comparison.compare(original, written);
        return List.copyOf(comparison.differences);
    }

    private void compare(CheckedConfig original, CheckedConfig written) {
        if (!original.globals().equals(written.globals())) {
            differences.add("the global settings would not be the same");
        }
        compare("table", Table::name, original.tables(), written.tables(), ConfigComparison::effective);
        compare("table", NamedTable::name, original.namedTables(), written.namedTables(), UnaryOperator.identity());
        compare("protocol", Protocol::name, original.protocols(), written.protocols(), this::shared);
        compare("redirect", Redirect::name, original.redirects(), written.redirects(), UnaryOperator.identity());
        compare("relay", Relay::name, original.relays(), written.relays(), this::shared);
        compare("router", Router::name, original.routers(), written.routers(), UnaryOperator.identity());
    }

    private <T> void compare(String kind, Function<T, String> name, List<T> original, List<T> written,
            UnaryOperator<T> meaning) {
        if (original.size() != written.size()) {
            differences.add("there would be " + written.size() + " instead of " + original.size() + " of kind " + kind);
            return;
        }
        for (int at = 0; at < original.size(); at++) {
            if (!meaning.apply(original.get(at)).equals(meaning.apply(written.get(at)))) {
                differences.add(kind + " " + name.apply(original.get(at)) + " would not be the same");
            }
        }
    }

    // Whether the port stands in the forward line matters to redirections only, which are compared with it.
    private static Table effective(Table table) {
        return new Table(table.id(), table.name(), table.template(), table.port(), true, table.disabled(),
                table.check(), table.timeout(), table.interval(), table.demoteGroup(), table.routeInterface(),
                table.hosts(), table.leftovers());
    }

    private static Forward effective(Forward forward) {
        List<RelayTable> tables = forward.tables().stream()
                .map(use -> new RelayTable(effective(use.table()), use.mode(), use.backup())).toList();
        return new Forward(forward.target(), tables, forward.natLookup(), forward.destination(), forward.retry(),
                forward.transparent(), forward.tls(), forward.mapping(), forward.proxyProtocol(), forward.key());
    }

    /** Returns a protocol without what a translation changes on purpose. */
    private Protocol shared(Protocol protocol) {
        return !translated ? protocol
                : new Protocol(protocol.id(), protocol.name(), protocol.type(), protocol.errorPages(), protocol.tcp(),
                        TlsSettings.defaults(Dialect.CURRENT), OldDefaults.http(protocol), new Filter.Rules(List.of()));
    }

    private Relay shared(Relay relay) {
        return new Relay(relay.id(), relay.name(), relay.disabled(), relay.address(), relay.port(), relay.tls(),
                shared(relay.protocol()), effective(relay.forward()), relay.sessionTimeout(), relay.keyPairs());
    }
}
