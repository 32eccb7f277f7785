package org.relayd.compiler.lint;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.relayd.ir.diagnostic.AdviceCode;
import org.relayd.ir.diagnostic.Diagnostic;
import org.relayd.ir.parsed.ParsedConfig;
import org.relayd.ir.parsed.ProtocolDeclaration;
import org.relayd.ir.parsed.RelayDeclaration;
import org.relayd.ir.parsed.RelayDeclaration.Option;
import org.relayd.ir.parsed.RuleDeclaration;
import org.relayd.ir.parsed.Text;
import org.relayd.ir.source.Span;

/** Rules that forward to tables which a relay with their protocol does not have. */
final class ForwardTableLint {
    private ForwardTableLint() {}

    static List<Diagnostic> of(ParsedConfig config) {
        Map<String, List<RelayDeclaration>> relays = new HashMap<>();
        for (RelayDeclaration relay : Uses.all(config, RelayDeclaration.class)) {
            protocol(relay).ifPresent(name -> relays.computeIfAbsent(name, _ -> new ArrayList<>()).add(relay));
        }
        List<Diagnostic> advice = new ArrayList<>();
        for (ProtocolDeclaration protocol : Uses.all(config, ProtocolDeclaration.class)) {
            Map<String, Span> wanted = wanted(protocol);
            for (RelayDeclaration relay : wanted.isEmpty() ? List.<RelayDeclaration>of()
                    : relays.getOrDefault(protocol.name().value(), List.of())) {
                Set<String> own = new HashSet<>();
                Uses.of(relay).forEach(use -> own.add(use.table().value()));
                wanted.entrySet().removeIf(table -> !own.contains(table.getKey())
                        && advice.add(missing(table.getKey(), table.getValue(), relay)));
            }
        }
        return advice;
    }

    private static Map<String, Span> wanted(ProtocolDeclaration protocol) {
        Map<String, Span> wanted = new HashMap<>();
        protocol.options().stream().filter(RuleDeclaration.class::isInstance).map(RuleDeclaration.class::cast)
                .flatMap(rule -> rule.options().stream()).forEach(option -> {
                    if (option instanceof RuleDeclaration.Option.ForwardTo(Span _, Text table)) {
                        wanted.putIfAbsent(table.value(), table.span());
                    }
                });
        return wanted;
    }

    private static Optional<String> protocol(RelayDeclaration relay) {
        return relay.options().stream().filter(Option.UseProtocol.class::isInstance)
                .map(option -> ((Option.UseProtocol) option).name().value()).reduce((_, last) -> last);
    }

    private static Diagnostic missing(String table, Span place, RelayDeclaration relay) {
        return Diagnostic.at(AdviceCode.TABLE_OF_NO_RELAY, place,
                "relay " + relay.name().value() + " has no table " + table)
                .labelled(relay.header(), "this relay has the protocol, but no forward line with the table");
    }
}
