package org.relayd.compiler.check.section;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.relayd.compiler.check.lookup.Lookups;
import org.relayd.compiler.check.protocol.Protocols;
import org.relayd.compiler.check.section.RelayDraft.Listen;
import org.relayd.compiler.check.section.RelayDraft.Made;
import org.relayd.compiler.check.state.Findings;
import org.relayd.compiler.check.state.Limits;
import org.relayd.compiler.check.table.TableUseChecker;
import org.relayd.ir.config.Relay.KeyPairFiles;
import org.relayd.ir.config.RelayId;
import org.relayd.ir.net.IpAddress;
import org.relayd.ir.net.Port;
import org.relayd.ir.parsed.Count;
import org.relayd.ir.parsed.PortSpec;
import org.relayd.ir.parsed.RelayDeclaration;
import org.relayd.ir.parsed.RelayDeclaration.Option;
import org.relayd.ir.parsed.Text;
import org.relayd.ir.source.Span;
import org.relayd.ir.term.Dialect;

/** Checks relays. relayd.conf(5): RELAYS. */
public final class RelayChecker {
    private final Dialect dialect;
    private final Lookups lookups;
    private final TableUseChecker tables;
    private final Protocols protocols;
    private final Findings findings;
    private final RelayForwardChecker forwards;
    private final RelayKeyFiles keyFiles;
    private final RelayTlsOffer tlsOffer;
    private final RelayIndex index = new RelayIndex();
    private final List<RelayDraft> checked = new ArrayList<>();
    private int lastId;

    /**
     * @param lookups
     *            addresses, ports and key files
     * @param tables
     *            checks tables of forward lines
     * @param protocols
     *            protocols defined above, of the dialect that rules here
     * @param findings
     *            takes what is wrong
     */
    public RelayChecker(Lookups lookups, TableUseChecker tables, Protocols protocols, Findings findings) {
        this.dialect = protocols.dialect();
        this.lookups = lookups;
        this.tables = tables;
        this.protocols = protocols;
        this.findings = findings;
        this.forwards = new RelayForwardChecker(dialect, lookups, tables, findings);
        this.keyFiles = new RelayKeyFiles(lookups.keyFiles(), protocols, findings);
        this.tlsOffer = new RelayTlsOffer(protocols, findings);
    }

    /** Returns the relay sections that are right, in the order of their ids. */
    public List<RelayDraft> checked() {
        return checked;
    }

    /** Checks a relay section. */
    public void check(RelayDeclaration relay) {
        Findings.Statement statement = findings.begin();
        int id = ++lastId;
        tables.tables().scheduling().beginRelay();
        RelayDraft draft = new RelayDraft(relay.name(), protocols.builtIn(),
                relay.options().stream().filter(Option.Listen.class::isInstance).count());
        checkName(relay.name());
        for (Option option : relay.options()) {
            read(option, draft);
        }
        if (!statement.isRefused()) {
            checkWhole(relay, draft);
        }
        if (!statement.isRefused()) {
            checked.add(draft);
            make(relay, draft, new RelayId(id));
        }
    }

    private void checkName(Text name) {
        if (Limits.exceeds(name.value(), Limits.LONG_NAME)) {
            findings.add(RelayErrors.nameTooLong(name));
        } else if (dialect == Dialect.V5_1) {
            index.named(name.value())
                    .ifPresent(first -> findings.add(RelayErrors.definedTwice(name.value(), name.span(), first)));
        }
    }

    private void read(Option option, RelayDraft draft) {
        switch (option) {
            case Option.Listen(Span span, Text address, PortSpec port, boolean tls)
                    -> listen(span, address, port, tls, draft);
            case Option.Forward forward -> forwards.check(forward, draft);
            case Option.UseProtocol(Span _, Text name) -> useProtocol(name, draft);
            case Option.SessionTimeout(Span _, Count seconds)
                    -> draft.sessionTimeout = SessionTimeout.read(seconds, dialect, findings);
            case Option.Disable _ -> draft.disabled = true;
        }
    }

    private void listen(Span line, Text address, PortSpec spec, boolean tls, RelayDraft draft) {
        Optional<IpAddress> found = lookups.hosts().one(address);
        if (found.isEmpty()) {
            findings.add(lookups.hosts().advised(RelayErrors.invalidListen(address), address));
        }
        Optional<Port> port = lookups.ports().single(spec);
        draft.listenLines.read();
        port.ifPresent(draft.listenLines::port);
        if (found.isPresent() && port.isPresent()) {
            draft.listens.add(new Listen(found.get(), port.get(), tls, line));
        }
    }

    private void useProtocol(Text name, RelayDraft draft) {
        if (draft.protocolName.isPresent()) {
            Span first = draft.protocolName.get().span();
            findings.add(dialect == Dialect.CURRENT ? RelayErrors.protocolTwice(name, first)
                    : RelayErrors.protocolReplaced(name, first));
        }
        draft.protocolName = Optional.of(name);
        protocols.use(name.value()).ifPresentOrElse(protocol -> draft.protocol = protocol, () -> {
            boolean refused = protocols.names().isRefused(name.value());
            findings.followUp(RelayErrors.unknownProtocol(name,
                    refused ? Optional.empty() : protocols.names().similar(name.value()), refused), refused);
        });
    }

    private void checkWhole(RelayDeclaration relay, RelayDraft draft) {
        Span closing = relay.closing();
        Findings.Statement statement = findings.begin();
        if (dialect == Dialect.CURRENT) {
            Optional<Span> clash = draft.listens.isEmpty() ? index.named(relay.name().value())
                    : index.clash(relay.name().value(), draft.listens.getFirst());
            if (clash.isPresent()) {
                findings.add(RelayErrors.relayOrListenerTwice(relay.name().value(), closing, clash.get()));
                return;
            }
        }
        if (draft.listens.isEmpty()) {
            findings.add(RelayErrors.withoutListener(relay.name(), closing));
        } else if (draft.natLookup && draft.destination) {
            findings.add(RelayErrors.conflictingTargets(relay.name(), closing));
        } else if (!draft.hasTarget()) {
            findings.add(RelayErrors.withoutTarget(relay.name(), closing));
        } else {
            TransparentFamilies.check(draft, findings);
            if (!draft.tables.isEmpty()) {
                draft.targetLine.map(RelayErrors::unusedAddress).ifPresent(findings::add);
            }
            tlsOffer.check(draft);
            Findings.Statement keys = findings.begin();
            draft.keyPairs = keyFiles.find(draft, relay.name().value(), draft.listens.getFirst(), closing, keys);
            keyFiles.tellOthers(draft, closing, keys);
            keyFiles.checkTargetSide(draft, closing, statement);
        }
    }

    // The first listen line is the relay itself; each further one becomes a relay with a number
    // and the port in its name.
    private void make(RelayDeclaration relay, RelayDraft draft, RelayId id) {
        Span closing = relay.closing();
        Listen first = draft.listens.getFirst();
        make(new Made(id, draft.name.value(), first, draft.keyPairs), draft);
        for (Listen listen : draft.listens.subList(1, draft.listens.size())) {
            RelayId next = new RelayId(++lastId);
            String name = draft.name.value() + next + ":" + listen.port();
            if (Limits.exceeds(name, Limits.LONG_NAME)) {
                findings.add(RelayErrors.madeNameTooLong(name, closing, listen.line()));
                return;
            }
            Optional<Span> clash = index.clash(name, listen);
            if (clash.isPresent()) {
                findings.add(dialect == Dialect.CURRENT ? RelayErrors.relayOrListenerTwice(name, closing, clash.get())
                        : RelayErrors.definedTwice(name, closing, clash.get()));
                return;
            }
            List<KeyPairFiles> pairs = keyFiles.find(draft, name, listen, closing, findings.begin());
            make(new Made(next, name, listen, pairs), draft);
        }
    }

    private void make(Made relay, RelayDraft draft) {
        draft.made.add(relay);
        index.add(relay.name(), relay.listen());
    }
}
