package org.relayd.compiler.print;

import java.util.ArrayList;
import java.util.List;
import org.relayd.ir.config.Filter;
import org.relayd.ir.config.Relay.Mapping;
import org.relayd.ir.config.RelayTable;
import org.relayd.ir.net.IpAddress;
import org.relayd.ir.net.IpFamily;
import org.relayd.ir.plan.RelayNode;
import org.relayd.ir.plan.RelayNode.Connect;
import org.relayd.ir.plan.RelayNode.Inspect;
import org.relayd.ir.plan.RelayNode.Listen;
import org.relayd.ir.plan.RelayNode.Select;
import org.relayd.ir.plan.RelayPath;

/** What the drawings of the relay graph say about each station: a title and lines below it. */
final class GraphView {
    private GraphView() {}

    /**
     * A station with its text.
     *
     * @param id
     *            name in the drawing, unique in the graph
     * @param title
     *            what it does
     * @param lines
     *            how it does it; may be empty
     */
    record Station(String id, String title, List<String> lines) {}

    /** Returns the stations of a relay in the order that a session passes them. */
    static List<Station> stations(RelayPath path) {
        return List.of(path.listen(), path.inspect(), path.select(), path.connect()).stream()
                .map(node -> station("r" + path.id(), node)).toList();
    }

    private static Station station(String relay, RelayNode node) {
        return switch (node) {
            case Listen listen
                    -> new Station(relay + "_listen", "listen " + endpoint(listen.address(), listen.port().toString()),
                            options(listen.tls().isPresent() ? "tls" : "", listen.disabled() ? "disable" : ""));
            case Inspect inspect -> new Station(relay + "_inspect", inspection(inspect), List.of());
            case Select select -> new Station(relay + "_select", "select", choices(select));
            case Connect connect -> new Station(relay + "_connect", "connect",
                    options(connect.tls().isPresent() ? "tls" : "", connect.transparent() ? "transparent" : "",
                            connect.mapping().map(GraphView::mapping).orElse(""),
                            connect.proxyProtocol().map(version -> "proxy-protocol " + version.word()).orElse("")));
        };
    }

    private static String endpoint(IpAddress address, String port) {
        return address.family() == IpFamily.INET6 ? "[" + address + "]:" + port : address + ":" + port;
    }

    private static List<String> options(String... words) {
        List<String> present = new ArrayList<>();
        for (String word : words) {
            if (!word.isEmpty()) {
                present.add(word);
            }
        }
        return present;
    }

    private static String inspection(Inspect inspect) {
        return switch (inspect) {
            case Inspect.Copy() -> "copy";
            case Inspect.Dns(String protocol) -> "dns " + protocol;
            case Inspect.Http(String protocol, var settings, var errorPages, Filter filter) -> "http " + protocol + ", "
                    + switch (filter) {
                        case Filter.Rules(var rules) -> counted(rules.size(), "rule");
                        case Filter.Actions(var actions) -> counted(actions.size(), "action");
                    } + (settings.accessLog().isPresent() ? ", access log" : "");
        };
    }

    private static String counted(int number, String what) {
        return number + " " + what + (number == 1 ? "" : "s");
    }

    private static String mapping(Mapping mapping) {
        return switch (mapping) {
            case Mapping.ToInet() -> "inet";
            case Mapping.ToInet6(IpAddress prefix) -> "inet6 " + prefix;
        };
    }

    private static List<String> choices(Select select) {
        List<String> lines = new ArrayList<>();
        switch (select.source()) {
            case CONFIGURED -> {}
            case NAT_LOOKUP -> lines.add("nat lookup");
            case DESTINATION -> lines.add("destination");
        }
        for (RelayTable use : select.tables()) {
            lines.add((use.backup() ? "backup " : "table ") + use.table().name() + " " + use.mode().word() + ", "
                    + counted(use.table().hosts().size(), "host"));
        }
        select.fallback().ifPresent(target -> lines.add(endpoint(target.address(), target.port().toString())));
        return lines;
    }
}
