package org.relayd.compiler.check.section;

import java.util.List;
import java.util.Optional;
import org.relayd.compiler.check.lookup.Lookups;
import org.relayd.compiler.check.section.RedirectErrors.DerivedPort;
import org.relayd.compiler.check.state.Findings;
import org.relayd.compiler.check.state.Limits;
import org.relayd.compiler.check.state.Names;
import org.relayd.compiler.check.table.DerivedTable;
import org.relayd.compiler.check.table.Scheduling.Place;
import org.relayd.compiler.check.table.TableUseChecker;
import org.relayd.compiler.check.table.TableUseChecker.UsedTable;
import org.relayd.ir.config.Redirect.Listener;
import org.relayd.ir.config.RedirectId;
import org.relayd.ir.net.IpAddress;
import org.relayd.ir.net.IpProtocol;
import org.relayd.ir.net.PortRange;
import org.relayd.ir.parsed.Count;
import org.relayd.ir.parsed.RedirectDeclaration;
import org.relayd.ir.parsed.RedirectDeclaration.Option;
import org.relayd.ir.parsed.TableUse;
import org.relayd.ir.parsed.Text;
import org.relayd.ir.source.Span;
import org.relayd.ir.term.Dialect;
import org.relayd.ir.term.ForwardMode;

/** Checks redirections. relayd.conf(5): REDIRECTIONS. */
public final class RedirectChecker {
    private final Dialect dialect;
    private final Lookups lookups;
    private final TableUseChecker tables;
    private final Findings findings;
    private final Names<RedirectDraft> names = new Names<>();
    private int lastId;

    /**
     * @param dialect
     *            decides about limits
     * @param lookups
     *            addresses and ports
     * @param tables
     *            checks forward lines
     * @param findings
     *            takes what is wrong
     */
    public RedirectChecker(Dialect dialect, Lookups lookups, TableUseChecker tables, Findings findings) {
        this.dialect = dialect;
        this.lookups = lookups;
        this.tables = tables;
        this.findings = findings;
    }

    /** Returns the redirections that are right, in the order of their ids. */
    public Iterable<RedirectDraft> checked() {
        return names.all();
    }

    /** Checks a redirection. */
    public void check(RedirectDeclaration redirect) {
        Findings.Statement statement = findings.begin();
        Text name = redirect.name();
        RedirectDraft draft = new RedirectDraft(new RedirectId(++lastId), name.value(),
                redirect.options().stream().filter(Option.Listen.class::isInstance).count());
        checkName(name);
        for (Option option : redirect.options()) {
            read(option, draft);
        }
        if (!statement.isRefused()) {
            checkWhole(redirect, draft);
        }
        if (!statement.isRefused()) {
            names.define(name.value(), name.span(), draft);
        }
    }

    private void checkName(Text name) {
        Optional<Span> first = names.place(name.value());
        if (Limits.exceeds(name.value(), Limits.REDIRECT_NAME)) {
            findings.add(RedirectErrors.nameTooLong(name));
        } else if (first.isPresent()) {
            findings.add(RedirectErrors.definedTwice(name, first.get()));
        } else if (Limits.exceeds(name.value(), Limits.PF_TABLE_NAME)) {
            findings.add(RedirectErrors.nameTooLongForPf(name));
        }
    }

    private void read(Option option, RedirectDraft draft) {
        switch (option) {
            case Option.Listen listen -> listen(listen, draft);
            case Option.Forward forward -> forward(forward, draft);
            case Option.Disable _ -> draft.disabled = true;
            case Option.StickyAddress _ -> draft.sticky = true;
            case Option.PfTag(Span _, boolean match, Text tag) -> {
                if (Limits.exceeds(tag.value(), Limits.TAG)) {
                    findings.add(RedirectErrors.tagTooLong(tag));
                }
                draft.tag = Optional.of(tag.value());
                draft.match |= match;
            }
            case Option.SessionTimeout(Span _, Count seconds)
                    -> draft.sessionTimeout = SessionTimeout.read(seconds, dialect, findings);
        }
    }

    private void listen(Option.Listen listen, RedirectDraft draft) {
        Findings.Statement statement = findings.begin();
        IpProtocol protocol = listen.protocol().map(Text::value).map(IpProtocol::new).orElse(IpProtocol.TCP);
        if (!lookups.environment().isIpProtocol(protocol.name())) {
            findings.add(RedirectErrors.unknownProtocol(listen.protocol().orElseThrow()));
        }
        Optional<PortRange> ports = lookups.ports().range(listen.port());
        List<IpAddress> addresses = addresses(listen);
        draft.pflog |= listen.pflog();
        draft.listenLines.read();
        if (!statement.isRefused() && ports.isPresent()) {
            if (draft.listeners.isEmpty()) {
                draft.listenLines.port(ports.get().first());
            }
            for (IpAddress address : addresses) {
                draft.listeners
                        .add(new Listener(address, protocol, ports.get(), listen.interfaceName().map(Text::value)));
            }
        }
    }

    private List<IpAddress> addresses(Option.Listen listen) {
        Text address = listen.address();
        if (listen.interfaceName().isPresent()) {
            if (Limits.exceeds(listen.interfaceName().get().value(), Limits.INTERFACE_NAME)) {
                findings.add(RedirectErrors.interfaceNameTruncated());
                findings.add(RedirectErrors.interfaceOfAddressTooLong(address, listen.interfaceName().get()));
                return List.of();
            }
            // OpenBSD forgets to look the name up; there is no reason to refuse it.
            if (lookups.hosts().numeric(address.value()).isEmpty()) {
                findings.add(RedirectErrors.interfaceWithName(address));
            }
        }
        List<IpAddress> addresses = lookups.hosts().all(address, Limits.LISTEN_ADDRESSES);
        if (addresses.isEmpty()) {
            findings.add(lookups.hosts().advised(RedirectErrors.invalidVirtualIp(address), address));
        }
        return addresses;
    }

    private void forward(Option.Forward forward, RedirectDraft draft) {
        TableUse use = forward.table();
        Optional<UsedTable> used = tables.check(use, Place.REDIRECT, draft.listenLines.here());
        Findings.Statement statement = findings.begin();
        checkInterface(forward);
        if (used.isEmpty() || statement.isRefused()) {
            return;
        }
        DerivedTable table = used.get().table();
        if (!table.hasCheck()) {
            findings.add(RedirectErrors.tableWithoutCheck(table.name(), use.span()));
            tables.tables().uses().discard(table);
            return;
        }
        if (draft.backup.isPresent()) {
            findings.add(RedirectErrors.thirdTable(use.table().span(), draft.backup.get().place()));
            tables.tables().uses().discard(table);
            return;
        }
        boolean isBackup = draft.table.isPresent();
        draft.take(table, used.get().choice());
        if (isBackup && used.get().choice().mode() != draft.mode) {
            findings.add(RedirectErrors.backupMode(draft.name, use.span(), draft.table.orElseThrow().place(),
                    "main table: " + draft.mode.word() + ", backup table: " + used.get().choice().mode().word()));
            return;
        }
        table.use();
        if (forward.mode() == ForwardMode.ROUTE) {
            tables.tables().uses().routeTo(table, forward.interfaceName().orElseThrow().value());
        }
    }

    private void checkInterface(Option.Forward forward) {
        switch (forward.mode()) {
            case FORWARD -> forward.interfaceName()
                    .ifPresent(name -> findings.add(RedirectErrors.superfluousInterface(name)));
            case TRANSPARENT -> findings.add(RedirectErrors.noTransparentForward(forward.span()));
            case ROUTE -> {
                if (forward.interfaceName().isEmpty()) {
                    findings.add(RedirectErrors.missingRouteInterface(forward.span()));
                } else if (Limits.exceeds(forward.interfaceName().get().value(), Limits.INTERFACE_NAME)) {
                    findings.add(RedirectErrors.interfaceTooLong(forward.interfaceName().get()));
                }
            }
        }
    }

    private void checkWhole(RedirectDeclaration redirect, RedirectDraft draft) {
        if (draft.table.isEmpty()) {
            findings.add(RedirectErrors.withoutTable(redirect.name(), redirect.closing()));
        } else if (draft.listeners.isEmpty()) {
            findings.add(RedirectErrors.withoutListener(redirect.name(), redirect.closing()));
        } else if (draft.backup.isPresent() && !draft.backup.get().port().equals(draft.table.get().port())) {
            DerivedTable main = draft.table.get();
            DerivedTable backup = draft.backup.get();
            findings.add(RedirectErrors.backupPort(redirect.name(), redirect.closing(),
                    new DerivedPort(main.port().number(), main.place()),
                    new DerivedPort(backup.port().number(), backup.place())));
        }
    }
}
