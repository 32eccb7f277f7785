package org.relayd.compiler.lint;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.relayd.ir.diagnostic.AdviceCode;
import org.relayd.ir.diagnostic.Diagnostic;
import org.relayd.ir.parsed.ParsedConfig;
import org.relayd.ir.parsed.RelayDeclaration;
import org.relayd.ir.parsed.RelayDeclaration.Option;
import org.relayd.ir.parsed.TableUse;

/** Forward lines of relays whose port depends on which listen line is the last one above. */
final class PortLint {
    private PortLint() {}

    static List<Diagnostic> of(ParsedConfig config) {
        List<Diagnostic> advice = new ArrayList<>();
        for (RelayDeclaration relay : Uses.all(config, RelayDeclaration.class)) {
            Set<String> ports = new LinkedHashSet<>();
            for (Option option : relay.options()) {
                if (option instanceof Option.Listen listen) {
                    ports.add(listen.port().span().text());
                }
            }
            if (ports.size() > 1) {
                for (TableUse use : Uses.of(relay)) {
                    if (use.options().stream().noneMatch(TableUse.Option.TargetPort.class::isInstance)) {
                        advice.add(Diagnostic.at(AdviceCode.SURPRISING_PORT, use.table().span(),
                                "the port of the table is that of the last listen line above")
                                .noted("the relay listens on ports " + String.join(", ", ports))
                                .helped("write the port"));
                    }
                }
            }
        }
        return advice;
    }
}
