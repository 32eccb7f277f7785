package org.relayd.compiler.build;

import static org.relayd.compiler.build.Converters.count;
import static org.relayd.compiler.build.Converters.first;
import static org.relayd.compiler.build.Converters.span;
import static org.relayd.compiler.build.Converters.word;

import java.util.Optional;
import org.relayd.grammar.RelaydParser.*;
import org.relayd.ir.parsed.CheckDeclaration;
import org.relayd.ir.parsed.Text;
import org.relayd.ir.source.Span;
import org.relayd.ir.term.Dialect;

/** Builds health checks. relayd.conf(5): TABLES, the options after {@code check}. */
final class CheckBuilder {
    private final Converters converters;

    CheckBuilder(Converters converters) {
        this.converters = converters;
    }

    CheckDeclaration build(CheckContext check) {
        Span span = span(check);
        return switch (check) {
            case CheckIcmpContext _ -> new CheckDeclaration.Icmp(span);
            case CheckTcpContext _ -> new CheckDeclaration.Tcp(span);
            case CheckTlsContext tls -> {
                converters.tls(tls.TLS(), tls.SSL());
                yield new CheckDeclaration.Tls(span);
            }
            case CheckHttpContext http -> http(span, http);
            case CheckSendContext send -> new CheckDeclaration.SendExpect(span, data(send.checkData()),
                    converters.text(send.name()), converters.tls(send.TLS(), send.SSL()));
            case CheckBinaryContext binary -> {
                converters.dialects().only(Dialect.CURRENT, "check binary send", word(binary.BINARY()));
                yield new CheckDeclaration.BinarySendExpect(span, data(binary.checkData()),
                        converters.text(binary.name()), converters.tls(binary.TLS(), binary.SSL()));
            }
            case CheckScriptContext script -> new CheckDeclaration.Script(span, converters.text(script.name()));
            case CheckDnsContext dns -> dns(span, dns.dnsCheck());
            default -> throw Trees.unknown(check);
        };
    }

    private CheckDeclaration dns(Span span, DnsCheckContext dns) {
        return new CheckDeclaration.Dns(span, converters.text(dns.question), converters.text(dns.address));
    }

    private CheckDeclaration http(Span span, CheckHttpContext http) {
        Text scheme = Converters.text(first(http.checkScheme()));
        Text path = converters.text(http.path);
        Optional<Text> host = converters.optionalText(http.host);
        return switch (http.checkAnswer()) {
            case AnswerCodeContext code
                    -> new CheckDeclaration.HttpCode(span, scheme, path, host, count(code.NUMBER()));
            case AnswerDigestContext digest
                    -> new CheckDeclaration.HttpDigest(span, scheme, path, host, converters.text(digest.name()));
            default -> throw Trees.unknown(http);
        };
    }

    /** Returns what is sent; {@code nothing} is empty. */
    private Optional<Text> data(CheckDataContext data) {
        return converters.optionalText(data.name());
    }
}
