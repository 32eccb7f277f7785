package org.relayd.compiler.build;

import static org.relayd.compiler.build.Converters.count;
import static org.relayd.compiler.build.Converters.first;
import static org.relayd.compiler.build.Converters.last;
import static org.relayd.compiler.build.Converters.span;
import static org.relayd.compiler.build.Converters.word;

import java.util.ArrayList;
import java.util.List;
import org.relayd.grammar.RelaydParser.*;
import org.relayd.ir.parsed.RouterDeclaration;
import org.relayd.ir.parsed.RouterDeclaration.Option;
import org.relayd.ir.source.Span;
import org.relayd.ir.term.Dialect;
import org.relayd.ir.term.ForwardMode;

/** Builds routers. relayd.conf(5): ROUTERS. */
final class RouterBuilder {
    private final Converters converters;
    private final Layout layout;
    private final TableBuilder tables;

    RouterBuilder(Converters converters, Layout layout, TableBuilder tables) {
        this.converters = converters;
        this.layout = layout;
        this.tables = tables;
    }

    RouterDeclaration build(RouterContext router) {
        layout.block(router);
        List<Option> options = new ArrayList<>();
        for (RouterOptionContext option : router.routerOption()) {
            if (!(option instanceof RouterIncludeContext)) {
                options.add(option(option));
            }
        }
        return new RouterDeclaration(span(router), first(router).spanTo(last(router.name())),
                converters.text(router.name()), options, word(router.RBRACE()).span());
    }

    private Option option(RouterOptionContext option) {
        Span span = span(option);
        return switch (option) {
            case RouterRouteContext route -> {
                PrefixContext prefix = route.prefix();
                if (prefix.NUMBER() == null) {
                    converters.dialects().only(Dialect.CURRENT, "route without prefix length", last(prefix));
                }
                yield new Option.RouteLine(span, converters.text(prefix.name()),
                        Converters.optionalCount(prefix.NUMBER()));
            }
            case RouterForwardContext forward
                    -> new Option.Forward(span, ForwardMode.FORWARD, tables.use(forward.tableUse()));
            case RouterRtableContext rtable -> new Option.Rtable(span, count(rtable.NUMBER()));
            case RouterRtlabelContext rtlabel -> new Option.Rtlabel(span, converters.text(rtlabel.name()));
            case RouterDisableContext _ -> new Option.Disable(span);
            default -> throw Trees.unknown(option);
        };
    }
}
