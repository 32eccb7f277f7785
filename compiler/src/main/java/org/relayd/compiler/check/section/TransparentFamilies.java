package org.relayd.compiler.check.section;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.relayd.compiler.check.section.RelayDraft.Listen;
import org.relayd.compiler.check.state.Findings;
import org.relayd.ir.config.Relay.Mapping;
import org.relayd.ir.net.IpAddress;
import org.relayd.ir.net.IpFamily;
import org.relayd.ir.source.Span;

/**
 * Checks that targets of transparent forwarding are of the clients' address family: a socket that is bound to the
 * client's address can connect to no other. relayd.conf(5): RELAYS.
 */
final class TransparentFamilies {
    private final RelayDraft draft;
    private final Findings findings;

    /** Targets that one line names: a fixed address, the hosts of a table. */
    private record Named(Span place, String text, List<IpAddress> addresses) {}

    private TransparentFamilies(RelayDraft draft, Findings findings) {
        this.draft = draft;
        this.findings = findings;
    }

    /** Finds the fault of a relay whose lines are read, one for each listen line and line of targets. */
    static void check(RelayDraft draft, Findings findings) {
        draft.transparent.ifPresent(line -> new TransparentFamilies(draft, findings).check(line));
    }

    private void check(Span line) {
        for (Listen listen : draft.listens) {
            IpFamily clients = listen.address().family();
            for (Named named : named()) {
                Set<IpFamily> families = new LinkedHashSet<>();
                named.addresses().forEach(address -> families.add(mapped(address.family())));
                families.remove(clients);
                families.forEach(other -> findings.add(RelayErrors.transparentFamily(named.place(), named.text(),
                        other, listen.line(), clients)));
            }
            if ((draft.natLookup || draft.destination) && mapped(clients) != clients) {
                findings.add(RelayErrors.transparentFamily(line, "the destination", mapped(clients), listen.line(),
                        clients));
            }
        }
    }

    private List<Named> named() {
        List<Named> all = new ArrayList<>();
        draft.target.ifPresent(target -> all.add(
                new Named(draft.targetLine.orElseThrow(), target.name(), List.of(target.address()))));
        draft.tables.forEach(use -> all.add(
                new Named(use.table().place(), "table " + use.table().name(), use.table().addresses())));
        return all;
    }

    private IpFamily mapped(IpFamily family) {
        Optional<IpFamily> other = draft.mapping.map(mapping -> switch (mapping) {
            case Mapping.ToInet() -> IpFamily.INET;
            case Mapping.ToInet6(IpAddress _) -> IpFamily.INET6;
        });
        return other.orElse(family);
    }
}
