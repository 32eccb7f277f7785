package org.relayd.compiler.check.section;

import java.util.Optional;
import org.relayd.compiler.check.lookup.Hosts;
import org.relayd.compiler.check.state.Findings;
import org.relayd.compiler.check.state.Limits;
import org.relayd.compiler.check.state.Names;
import org.relayd.compiler.check.table.DerivedTable;
import org.relayd.compiler.check.table.Scheduling.Place;
import org.relayd.compiler.check.table.TableUseChecker;
import org.relayd.compiler.check.table.TableUseChecker.ListenPort;
import org.relayd.ir.config.RouteId;
import org.relayd.ir.config.Router.Route;
import org.relayd.ir.config.RouterId;
import org.relayd.ir.net.IpAddress;
import org.relayd.ir.net.IpPrefix;
import org.relayd.ir.net.Port;
import org.relayd.ir.parsed.Count;
import org.relayd.ir.parsed.RouterDeclaration;
import org.relayd.ir.parsed.RouterDeclaration.Option;
import org.relayd.ir.parsed.TableUse;
import org.relayd.ir.parsed.Text;
import org.relayd.ir.source.Span;
import org.relayd.ir.term.ForwardMode;

/** Checks routers. relayd.conf(5): ROUTERS. */
public final class RouterChecker {
    /** The port of gateways where none is written; nothing connects to it. */
    private static final ListenPort NO_PORT = new ListenPort(Optional.of(new Port(65535)), false, false);
    private static final int HIGHEST_RTABLE = 255;

    private final Hosts hosts;
    private final TableUseChecker tables;
    private final Findings findings;
    private final Names<RouterDraft> names = new Names<>();
    private int lastId;
    private int lastRoute;

    /**
     * @param hosts
     *            finds addresses
     * @param tables
     *            checks forward lines
     * @param findings
     *            takes what is wrong
     */
    public RouterChecker(Hosts hosts, TableUseChecker tables, Findings findings) {
        this.hosts = hosts;
        this.tables = tables;
        this.findings = findings;
    }

    /** Returns the routers that are right, in the order of their ids. */
    public Iterable<RouterDraft> checked() {
        return names.all();
    }

    /** Checks a router. */
    public void check(RouterDeclaration router) {
        Findings.Statement statement = findings.begin();
        Text name = router.name();
        RouterDraft draft = new RouterDraft(new RouterId(++lastId), name.value());
        Optional<Span> first = names.place(name.value());
        if (Limits.exceeds(name.value(), Limits.LONG_NAME)) {
            findings.add(RouterErrors.nameTooLong(name));
        } else if (first.isPresent()) {
            findings.add(RouterErrors.definedTwice(name, first.get()));
        }
        for (Option option : router.options()) {
            read(option, draft);
        }
        if (statement.isRefused()) {
            return;
        }
        if (draft.routes.isEmpty()) {
            findings.add(RouterErrors.withoutRoutes(name, router.closing()));
            return;
        }
        if (draft.gateways.isEmpty()) {
            findings.add(RouterErrors.withoutGateways(name));
            return;
        }
        names.define(name.value(), name.span(), draft);
    }

    private void read(Option option, RouterDraft draft) {
        switch (option) {
            case Option.RouteLine(Span span, Text address, Optional<Count> length)
                    -> route(span, address, length, draft);
            case Option.Forward(Span _, ForwardMode _, TableUse use) -> forward(use, draft);
            case Option.Rtable(Span span, Count id) -> rtable(span, id, draft);
            case Option.Rtlabel(Span _, Text label) -> {
                if (Limits.exceeds(label.value(), Limits.ROUTE_LABEL)) {
                    findings.add(RouterErrors.labelTooLong(label));
                }
                draft.label = Optional.of(label.value());
            }
            case Option.Disable(Span span) -> findings.add(RouterErrors.disable(span));
        }
    }

    private void route(Span line, Text address, Optional<Count> length, RouterDraft draft) {
        Optional<IpAddress> found = hosts.one(address);
        if (found.isEmpty()) {
            findings.add(RouterErrors.invalidDestination(address));
            return;
        }
        int bits = found.get().family().bits();
        if (length.isPresent() && (length.get().value() < 0 || length.get().value() > bits)) {
            findings.add(RouterErrors.invalidPrefix(length.get(), bits));
            return;
        }
        IpPrefix destination = new IpPrefix(found.get(), length.map(count -> (int) count.value()).orElse(bits));
        if (!draft.routes.isEmpty()
                && draft.routes.getFirst().destination().address().family() != found.get().family()) {
            findings.add(RouterErrors.familyMismatch(draft.name, line, draft.firstRoute.orElseThrow()));
            return;
        }
        draft.firstRoute = draft.firstRoute.or(() -> Optional.of(line));
        draft.routes.add(new Route(new RouteId(++lastRoute), destination));
    }

    // Other modes than plain forward are no words of this section.
    private void forward(TableUse use, RouterDraft draft) {
        tables.check(use, Place.ROUTER, NO_PORT).ifPresent(used -> {
            DerivedTable table = used.table();
            if (draft.gateways.isPresent()) {
                findings.add(RouterErrors.tableTwice(draft.name, use.table().span(), draft.gateways.get().place()));
                tables.tables().uses().discard(table);
            } else {
                table.use();
                draft.gateways = Optional.of(table);
            }
        });
    }

    private void rtable(Span line, Count id, RouterDraft draft) {
        if (id.value() < 0 || id.value() > HIGHEST_RTABLE) {
            findings.add(RouterErrors.invalidRtable(id));
        } else if (draft.rtable != 0) {
            findings.add(RouterErrors.rtableTwice(draft.name, line, draft.rtableLine.orElseThrow()));
        } else {
            draft.rtable = (int) id.value();
            draft.rtableLine = Optional.of(line);
        }
    }
}
