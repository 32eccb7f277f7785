package org.relayd.compiler.build;

import static org.relayd.compiler.build.Converters.count;
import static org.relayd.compiler.build.Converters.first;
import static org.relayd.compiler.build.Converters.last;
import static org.relayd.compiler.build.Converters.span;
import static org.relayd.compiler.build.Converters.word;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.relayd.compiler.source.SourceToken;
import org.relayd.grammar.RelaydParser.*;
import org.relayd.ir.diagnostic.Diagnostic;
import org.relayd.ir.diagnostic.SyntaxCode;
import org.relayd.ir.parsed.Count;
import org.relayd.ir.parsed.RelayDeclaration;
import org.relayd.ir.parsed.RelayDeclaration.ForwardTarget;
import org.relayd.ir.parsed.RelayDeclaration.Mapping;
import org.relayd.ir.parsed.RelayDeclaration.Option;
import org.relayd.ir.source.Span;
import org.relayd.ir.term.Dialect;
import org.relayd.ir.term.ProxyProtocol;
import org.relayd.ir.term.Word;

/** Builds relays. relayd.conf(5): RELAYS. */
final class RelayBuilder {
    private final Converters converters;
    private final Layout layout;
    private final TableBuilder tables;
    private final List<Diagnostic> diagnostics;

    RelayBuilder(Converters converters, Layout layout, TableBuilder tables, List<Diagnostic> diagnostics) {
        this.converters = converters;
        this.layout = layout;
        this.tables = tables;
        this.diagnostics = diagnostics;
    }

    RelayDeclaration build(RelayContext relay) {
        layout.block(relay);
        List<Option> options = new ArrayList<>();
        for (RelayOptionContext option : relay.relayOption()) {
            if (!(option instanceof RelayIncludeContext)) {
                options.add(option(option));
            }
        }
        return new RelayDeclaration(span(relay), first(relay).spanTo(last(relay.name())), converters.text(relay.name()),
                options, word(relay.RBRACE()).span());
    }

    private Option option(RelayOptionContext option) {
        Span span = span(option);
        return switch (option) {
            case RelayListenContext listen -> new Option.Listen(span, converters.text(listen.name()),
                    converters.port(listen.port()), converters.tls(listen.TLS(), listen.SSL()));
            case RelayForwardContext forward -> forward(span, forward);
            case RelayProtocolContext protocol -> new Option.UseProtocol(span, converters.text(protocol.name()));
            case RelaySessionTimeoutContext timeout -> new Option.SessionTimeout(span, count(timeout.NUMBER()));
            case RelayDisableContext _ -> new Option.Disable(span);
            default -> throw Trees.unknown(option);
        };
    }

    private Option forward(Span span, RelayForwardContext forward) {
        if (forward.INTERFACE() != null) {
            converters.dialects().only(Dialect.V5_1, "interface in a relay", word(forward.INTERFACE()));
        }
        return new Option.Forward(span, Converters.forwardMode(forward.forwardMode()),
                converters.tls(forward.TLS(), forward.SSL()), target(forward.relayTarget()),
                converters.optionalText(forward.name()), mapping(forward.relayMapping()),
                proxyProtocol(forward.relayProxyProtocol()));
    }

    private ForwardTarget target(RelayTargetContext target) {
        Span span = span(target);
        return switch (target) {
            case TargetAddressContext address -> new ForwardTarget.ToAddress(span, converters.text(address.name()),
                    converters.port(address.port()), retry(address.relayRetry()));
            case TargetNatLookupContext lookup -> new ForwardTarget.ToNatLookup(span, retry(lookup.relayRetry()));
            case TargetDestinationContext destination
                    -> new ForwardTarget.ToDestination(span, retry(destination.relayRetry()));
            case TargetTableContext table -> new ForwardTarget.ToTable(tables.use(table.tableUse()));
            default -> throw Trees.unknown(target);
        };
    }

    private static Optional<Count> retry(RelayRetryContext retry) {
        return retry == null ? Optional.empty() : Optional.of(count(retry.NUMBER()));
    }

    private Optional<Mapping> mapping(RelayMappingContext mapping) {
        return switch (mapping) {
            case null -> Optional.empty();
            case MappingInetContext inet -> Optional.of(new Mapping.ToInet(span(inet)));
            case MappingInet6Context inet6
                    -> Optional.of(new Mapping.ToInet6(span(inet6), converters.text(inet6.name())));
            default -> throw Trees.unknown(mapping);
        };
    }

    /** Builds the header that goes first; it may stand in two places of the line, but only once. */
    private Optional<ProxyProtocol> proxyProtocol(List<RelayProxyProtocolContext> options) {
        if (options.isEmpty()) {
            return Optional.empty();
        }
        converters.dialects().only(Dialect.CURRENT, "proxy-protocol", first(options.getFirst()));
        if (options.size() > 1) {
            diagnostics.add(Diagnostic.at(SyntaxCode.SYNTAX_ERROR, first(options.get(1)).span(), "syntax error")
                    .captioned("proxy-protocol stands here twice"));
        }
        SourceToken version = last(options.getFirst());
        Optional<ProxyProtocol> known = Word.of(ProxyProtocol.values(), version.getText());
        if (known.isEmpty()) {
            diagnostics.add(Diagnostic.at(SyntaxCode.SYNTAX_ERROR, version.span(), "syntax error")
                    .captioned("expected v1 or v2"));
        }
        return known;
    }
}
