package org.relayd.compiler.check.section;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.relayd.compiler.check.table.DerivedTable;
import org.relayd.compiler.check.table.TableUses;
import org.relayd.ir.config.Router;
import org.relayd.ir.config.Router.Route;
import org.relayd.ir.config.RouterId;
import org.relayd.ir.source.Span;

/** A router while its options are read. */
public final class RouterDraft {
    final RouterId id;
    final String name;
    final List<Route> routes = new ArrayList<>();
    Optional<Span> firstRoute = Optional.empty();
    Optional<DerivedTable> gateways = Optional.empty();
    Optional<Span> rtableLine = Optional.empty();
    int rtable;
    Optional<String> label = Optional.empty();

    RouterDraft(RouterId id, String name) {
        this.id = id;
        this.name = name;
    }

    /** Returns the finished router. */
    public Router finish(TableUses.Finished tables) {
        return new Router(id, name, false, gateways.map(tables::of), rtable, label,
                routes.getFirst().destination().address().family(), routes);
    }
}
