package org.relayd.compiler.build;

import static org.relayd.compiler.build.Converters.count;
import static org.relayd.compiler.build.Converters.first;
import static org.relayd.compiler.build.Converters.last;
import static org.relayd.compiler.build.Converters.span;
import static org.relayd.compiler.build.Converters.word;

import java.util.ArrayList;
import java.util.List;
import org.relayd.grammar.RelaydParser.*;
import org.relayd.ir.parsed.RedirectDeclaration;
import org.relayd.ir.parsed.RedirectDeclaration.Option;
import org.relayd.ir.source.Span;
import org.relayd.ir.term.Dialect;

/** Builds redirections. relayd.conf(5): REDIRECTIONS. */
final class RedirectBuilder {
    private final Converters converters;
    private final Layout layout;
    private final TableBuilder tables;

    RedirectBuilder(Converters converters, Layout layout, TableBuilder tables) {
        this.converters = converters;
        this.layout = layout;
        this.tables = tables;
    }

    RedirectDeclaration build(RedirectContext redirect) {
        layout.block(redirect);
        List<Option> options = new ArrayList<>();
        for (RedirectOptionContext option : redirect.redirectOption()) {
            if (!(option instanceof RedirectIncludeContext)) {
                options.add(option(option));
            }
        }
        return new RedirectDeclaration(span(redirect), first(redirect).spanTo(last(redirect.name())),
                converters.text(redirect.name()), options, word(redirect.RBRACE()).span());
    }

    private Option option(RedirectOptionContext option) {
        Span span = span(option);
        return switch (option) {
            case RedirectListenContext listen -> {
                if (listen.PFLOG() != null) {
                    converters.dialects().only(Dialect.CURRENT, "pflog", word(listen.PFLOG()));
                }
                yield new Option.Listen(span, converters.text(listen.address),
                        converters.optionalText(listen.ipProtocol),
                        converters.port(listen.port()), converters.optionalText(listen.interfaceName),
                        listen.PFLOG() != null);
            }
            case RedirectForwardContext forward -> new Option.Forward(span,
                    Converters.forwardMode(forward.forwardMode()), tables.use(forward.tableUse()),
                    converters.optionalText(forward.name()));
            case RedirectDisableContext _ -> new Option.Disable(span);
            case RedirectStickyContext _ -> new Option.StickyAddress(span);
            case RedirectTagContext tag -> {
                if (tag.TAG() != null) {
                    converters.dialects().only(Dialect.V5_1, "tag in a redirection", word(tag.TAG()),
                            "pftag");
                } else {
                    converters.dialects().only(Dialect.CURRENT, "pftag", word(tag.PFTAG()), "tag");
                }
                yield new Option.PfTag(span, tag.MATCH() != null, converters.text(tag.name()));
            }
            case RedirectSessionTimeoutContext timeout -> new Option.SessionTimeout(span, count(timeout.NUMBER()));
            default -> throw Trees.unknown(option);
        };
    }
}
