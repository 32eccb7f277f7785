package org.relayd.compiler.build;

import static org.relayd.compiler.build.Converters.first;
import static org.relayd.compiler.build.Converters.last;
import static org.relayd.compiler.build.Converters.span;
import static org.relayd.compiler.build.Converters.word;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.antlr.v4.runtime.tree.ParseTree;
import org.antlr.v4.runtime.tree.TerminalNode;
import org.relayd.grammar.RelaydParser.*;
import org.relayd.ir.parsed.ProtocolDeclaration;
import org.relayd.ir.parsed.ProtocolOption;
import org.relayd.ir.parsed.Text;
import org.relayd.ir.source.Span;
import org.relayd.ir.term.Dialect;

/** Builds protocols. relayd.conf(5): PROTOCOLS. */
final class ProtocolBuilder {
    private final Converters converters;
    private final Layout layout;
    private final SettingBuilder settings;
    private final RuleBuilder rules;
    private final Action51Builder actions;

    ProtocolBuilder(Converters converters, Layout layout) {
        this.converters = converters;
        this.layout = layout;
        this.settings = new SettingBuilder(converters);
        this.rules = new RuleBuilder(converters);
        this.actions = new Action51Builder(converters);
    }

    ProtocolDeclaration build(ProtocolContext protocol) {
        Span header = first(protocol).spanTo(last(protocol.name()));
        Optional<Text> type = protocol.protocolType() == null ? Optional.empty()
                : Optional.of(Converters.text(first(protocol.protocolType())));
        List<ProtocolOption> options = new ArrayList<>();
        ProtocolBodyContext body = protocol.protocolBody();
        if (body != null) {
            layout.block(body);
            for (ParseTree line : body.children) {
                switch (line) {
                    case ProtocolOptionContext option -> add(option, options);
                    case OldOptionContext option -> options.add(old(option));
                    case AccessLogContext log -> options.add(accessLog(log));
                    case FilterRuleContext rule -> options.add(rules.build(rule));
                    case TerminalNode _,OpeningBraceContext _ -> {
                        // Braces and newlines.
                    }
                    default -> throw Trees.unknown(body);
                }
            }
        }
        Span closing = body == null ? header : word(body.RBRACE()).span();
        return new ProtocolDeclaration(span(protocol), header, type, converters.text(protocol.name()), options,
                closing);
    }

    private void add(ProtocolOptionContext option, List<ProtocolOption> options) {
        switch (option) {
            case ProtocolTlsContext tls -> {
                layout.flagList(tls);
                converters.tls(tls.TLS(), tls.SSL());
                for (TlsFlagContext flag : tls.tlsFlag()) {
                    options.add(settings.tls(flag));
                }
            }
            case ProtocolTcpContext tcp -> {
                layout.flagList(tcp);
                for (TcpFlagContext flag : tcp.tcpFlag()) {
                    options.add(settings.tcp(flag));
                }
            }
            case ProtocolHttpContext http -> {
                layout.flagList(http);
                converters.dialects().only(Dialect.CURRENT, "http options", first(http));
                for (HttpFlagContext flag : http.httpFlag()) {
                    options.add(settings.http(flag));
                }
            }
            case ProtocolReturnErrorContext error -> options.add(returnError(error));
            case ProtocolIncludeContext _ -> {
                // Its statements stand after it.
            }
            default -> throw Trees.unknown(option);
        }
    }

    private ProtocolOption returnError(ProtocolReturnErrorContext error) {
        layout.flagList(error);
        List<Text> styles = new ArrayList<>();
        for (ErrorStyleContext style : error.errorStyle()) {
            styles.add(converters.text(style.name()));
        }
        return new ProtocolOption.ReturnError(span(error), styles);
    }

    private ProtocolOption accessLog(AccessLogContext log) {
        return new ProtocolOption.AccessLog(span(log), converters.text(log.path),
                converters.optionalText(log.format));
    }

    private ProtocolOption old(OldOptionContext option) {
        return switch (option) {
            case OldActionContext action -> actions.build(action.action());
            case OldLabelContext label -> label(label, Optional.of(label.name()));
            case OldNoLabelContext label -> label(label, Optional.empty());
            default -> throw Trees.unknown(option);
        };
    }

    private ProtocolOption label(OldOptionContext line, Optional<NameContext> label) {
        converters.dialects().only(Dialect.V5_1, "label as a statement", first(line),
                label.map(text -> "label " + text.getStart().getText()).orElse("no label") + " in each rule");
        return new ProtocolOption.LabelLine(span(line), label.map(converters::text));
    }
}
