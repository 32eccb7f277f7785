package org.relayd.compiler.lint;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.relayd.compiler.environment.Environment;
import org.relayd.ir.config.CheckedConfig;
import org.relayd.ir.config.Relay;
import org.relayd.ir.config.Relay.KeyPairFiles;
import org.relayd.ir.diagnostic.AdviceCode;
import org.relayd.ir.diagnostic.Diagnostic;
import org.relayd.ir.parsed.ParsedConfig;
import org.relayd.ir.parsed.ProtocolDeclaration;
import org.relayd.ir.parsed.RelayDeclaration;
import org.relayd.ir.parsed.TlsSetting;
import org.relayd.ir.source.Span;
import org.relayd.ir.term.Dialect;

/** Targets that are not verified, and secrets that others can read. */
final class SecrecyLint {
    private final Environment environment;
    private final String word;
    private final List<Diagnostic> advice = new ArrayList<>();
    private final Set<String> looked = new HashSet<>();

    private SecrecyLint(Environment environment, Dialect dialect) {
        this.environment = environment;
        this.word = switch (dialect) {
            case V5_1 -> "ssl";
            case CURRENT -> "tls";
        };
    }

    static List<Diagnostic> of(ParsedConfig written, CheckedConfig meant, Environment environment) {
        SecrecyLint lint = new SecrecyLint(environment, meant.dialect());
        for (WrittenRelay each : WrittenRelay.all(written, meant)) {
            // Relays of further listen lines have nothing new to say but their keys.
            if (each.isFirst()) {
                lint.unverified(each.relay(), each.section());
            }
            each.relay().keyPairs().stream().map(KeyPairFiles::key).forEach(key -> lint.exposed(key, each.listen()));
        }
        Uses.all(written, ProtocolDeclaration.class).forEach(lint::caKeys);
        return lint.advice;
    }

    private void unverified(Relay relay, RelayDeclaration declaration) {
        if (relay.forward().tls() && relay.protocol().tls().caFile().isEmpty()) {
            Span place = declaration.options().stream()
                    .filter(option -> option instanceof RelayDeclaration.Option.Forward forward && forward.withTls())
                    .map(RelayDeclaration.Option::span).findFirst().orElse(declaration.header());
            advice.add(Diagnostic
                    .at(AdviceCode.UNVERIFIED_TARGET, place, "the certificates of targets are not verified")
                    .helped("name trusted certificates in the protocol of the relay: " + word
                            + " ca file \"/etc/ssl/cert.pem\""));
        }
    }

    private void caKeys(ProtocolDeclaration protocol) {
        protocol.options().forEach(option -> {
            if (option instanceof TlsSetting.CaKey(Span span, var path, var _)) {
                exposed(path.value(), path.span());
                exposed(span.site().source().name(), span);
            }
        });
    }

    private void exposed(String path, Span place) {
        if (looked.add(path)) {
            environment.openMode(path).ifPresent(mode -> advice.add(Diagnostic.at(AdviceCode.EXPOSED_SECRET, place,
                    path + " can be read by others (mode " + mode + ")").helped("chmod 600 " + path)));
        }
    }
}
