package org.relayd.compiler.check.section;

import java.util.Optional;
import org.relayd.compiler.check.lookup.Lookups;
import org.relayd.compiler.check.state.Findings;
import org.relayd.compiler.check.state.Limits;
import org.relayd.compiler.check.table.DerivedTable;
import org.relayd.compiler.check.table.Scheduling.Place;
import org.relayd.compiler.check.table.TableUseChecker;
import org.relayd.compiler.check.table.TableUseChecker.UsedTable;
import org.relayd.ir.config.Relay;
import org.relayd.ir.net.IpAddress;
import org.relayd.ir.net.IpFamily;
import org.relayd.ir.net.Port;
import org.relayd.ir.parsed.Count;
import org.relayd.ir.parsed.PortSpec;
import org.relayd.ir.parsed.RelayDeclaration.ForwardTarget;
import org.relayd.ir.parsed.RelayDeclaration.Mapping;
import org.relayd.ir.parsed.RelayDeclaration.Option.Forward;
import org.relayd.ir.parsed.TableUse;
import org.relayd.ir.parsed.Text;
import org.relayd.ir.source.Span;
import org.relayd.ir.term.Dialect;
import org.relayd.ir.term.ForwardMode;

/**
 * Checks the forward lines of relays. relayd.conf(5): RELAYS.
 *
 * <p>What is written on a forward line belongs to the whole relay. TLS stays on once it is asked for; the forward mode
 * and the change of the address family are set anew, or cleared, by each line.
 */
final class RelayForwardChecker {
    private static final IpAddress UNSPECIFIED = IpAddress.of(new byte[16]);

    private final Dialect dialect;
    private final Lookups lookups;
    private final TableUseChecker tables;
    private final Findings findings;

    RelayForwardChecker(Dialect dialect, Lookups lookups, TableUseChecker tables, Findings findings) {
        this.dialect = dialect;
        this.lookups = lookups;
        this.tables = tables;
        this.findings = findings;
    }

    /** Checks a line and notes in the draft what it says. */
    void check(Forward forward, RelayDraft draft) {
        switch (forward.target()) {
            case ForwardTarget.ToAddress(Span span, Text address, PortSpec port, Optional<Count> retry) -> {
                address(span, address, port, draft);
                retry(retry, draft);
            }
            case ForwardTarget.ToTable(TableUse use) -> table(use, draft);
            case ForwardTarget.ToNatLookup(Span _, Optional<Count> retry) -> {
                draft.natLookup = true;
                retry(retry, draft);
            }
            case ForwardTarget.ToDestination(Span _, Optional<Count> retry) -> {
                draft.destination = true;
                retry(retry, draft);
            }
        }
        checkMode(forward);
        overrideTransparent(forward, draft);
        overrideMapping(forward, draft);
        if (forward.withTls()) {
            draft.withTls = Optional.of(forward.span());
        }
        draft.proxyProtocol = forward.proxyProtocol().or(() -> draft.proxyProtocol);
    }

    private void address(Span span, Text address, PortSpec spec, RelayDraft draft) {
        if (draft.targetLine.isPresent()) {
            findings.add(RelayErrors.secondTarget(draft.name.value(), span, draft.targetLine.get()));
        }
        draft.targetLine = Optional.of(span);
        Optional<IpAddress> found = lookups.hosts().one(address);
        if (found.isEmpty()) {
            findings.add(lookups.hosts().advised(RelayErrors.invalidForward(address,
                    dialect == Dialect.V5_1 ? "listen" : "forward"), address));
        }
        Optional<Port> port = lookups.ports().single(spec);
        if (found.isPresent() && port.isPresent()) {
            draft.target = Optional.of(new Relay.TargetAddress(address.value(), found.get(), port.get()));
        }
    }

    private void table(TableUse use, RelayDraft draft) {
        Optional<UsedTable> used = tables.check(use, Place.RELAY, draft.listenLines.here());
        if (used.isPresent()) {
            DerivedTable table = used.get().table();
            table.use();
            draft.tables.add(new RelayDraft.ForwardTable(table, used.get().choice().mode()));
            draft.key = draft.key.or(used.get().choice()::key);
            if (table.size() > Limits.RELAY_HOSTS) {
                findings.add(RelayErrors.manyHosts(use.table().span(), table.size()));
            }
        }
    }

    private void retry(Optional<Count> retry, RelayDraft draft) {
        int value = retry.map(count -> (int) count.value()).orElse(0);
        if (value < 0) {
            findings.add(RelayErrors.invalidRetry(retry.orElseThrow(), value));
        }
        draft.retry = value;
    }

    private void checkMode(Forward forward) {
        Optional<Text> interfaceName = forward.interfaceName();
        switch (forward.mode()) {
            case ROUTE -> findings.add(RelayErrors.noRoute(forward.span(),
                    dialect == Dialect.V5_1 ? "redirections" : "relays"));
            case FORWARD -> interfaceName.ifPresent(name -> findings.add(RelayErrors.superfluousInterface(name)));
            case TRANSPARENT -> {
                if (interfaceName.isPresent() && dialect == Dialect.CURRENT) {
                    findings.add(RelayErrors.interfaceWithoutEffect(interfaceName.get()));
                } else if (interfaceName.isEmpty() && dialect == Dialect.V5_1) {
                    findings.add(RelayErrors.missingInterface(forward.span()));
                } else if (interfaceName.isPresent()
                        && Limits.exceeds(interfaceName.get().value(), Limits.INTERFACE_NAME)) {
                    findings.add(RedirectErrors.interfaceTooLong(interfaceName.get()));
                }
            }
        }
    }

    private void overrideTransparent(Forward forward, RelayDraft draft) {
        if (forward.mode() == ForwardMode.TRANSPARENT) {
            draft.transparent = Optional.of(forward.span());
        } else if (draft.transparent.isPresent()) {
            findings.add(RelayErrors.overridden(forward.span(), "this line switches transparent forwarding off again",
                    draft.transparent.get()));
            draft.transparent = Optional.empty();
        }
    }

    private void overrideMapping(Forward forward, RelayDraft draft) {
        if (forward.mapping().isEmpty()) {
            draft.mappingLine.ifPresent(earlier -> findings.add(RelayErrors.overridden(forward.span(),
                    "this line clears the address family of the line above", earlier)));
        }
        draft.mapping = forward.mapping().map(this::mapping);
        draft.mappingLine = forward.mapping().map(Mapping::span);
    }

    private Relay.Mapping mapping(Mapping written) {
        return switch (written) {
            case Mapping.ToInet(Span _) -> new Relay.Mapping.ToInet();
            case Mapping.ToInet6(Span _, Text prefix) -> {
                Optional<IpAddress> address = IpAddress.parse(prefix.value())
                        .filter(parsed -> parsed.family() == IpFamily.INET6 && parsed.scope().isEmpty());
                if (address.isEmpty()) {
                    findings.add(RelayErrors.inet6Prefix(prefix));
                }
                yield new Relay.Mapping.ToInet6(address.orElse(UNSPECIFIED));
            }
        };
    }
}
