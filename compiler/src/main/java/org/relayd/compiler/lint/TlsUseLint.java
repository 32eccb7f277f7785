package org.relayd.compiler.lint;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.relayd.ir.config.CheckedConfig;
import org.relayd.ir.config.Relay;
import org.relayd.ir.diagnostic.AdviceCode;
import org.relayd.ir.diagnostic.Diagnostic;
import org.relayd.ir.parsed.ParsedConfig;
import org.relayd.ir.parsed.ProtocolDeclaration;
import org.relayd.ir.parsed.TlsSetting;
import org.relayd.ir.source.Span;
import org.relayd.ir.term.Dialect;

/** TLS settings of protocols whose relays do not speak TLS, or not on the side that the setting is for. */
final class TlsUseLint {
    private final String word;
    private final List<Diagnostic> advice = new ArrayList<>();

    private TlsUseLint(Dialect dialect) {
        this.word = switch (dialect) {
            case V5_1 -> "ssl";
            case CURRENT -> "tls";
        };
    }

    /** Whom a setting is for. */
    private enum Side {
        CLIENTS, TARGETS, BOTH, EITHER
    }

    static List<Diagnostic> of(ParsedConfig written, CheckedConfig meant) {
        TlsUseLint lint = new TlsUseLint(meant.dialect());
        for (ProtocolDeclaration protocol : Uses.all(written, ProtocolDeclaration.class)) {
            List<Relay> relays = meant.relays().stream()
                    .filter(relay -> relay.protocol().name().equals(protocol.name().value())).toList();
            // Of a protocol that nobody uses that is all there is to say.
            if (!relays.isEmpty()) {
                lint.check(protocol, relays);
            }
        }
        return lint.advice;
    }

    private void check(ProtocolDeclaration protocol, List<Relay> relays) {
        List<TlsSetting> settings = protocol.options().stream().filter(TlsSetting.class::isInstance)
                .map(TlsSetting.class::cast).toList();
        if (relays.stream().noneMatch(relay -> relay.tls() || relay.forward().tls())) {
            settings.stream().findFirst()
                    .ifPresent(first -> add(first.span(), "no relay with this protocol speaks TLS",
                            "write " + word + " after a listen line, or forward with " + word));
            return;
        }
        none(settings, Side.CLIENTS, relays, Relay::tls,
                "no relay with this protocol listens with " + word);
        none(settings, Side.TARGETS, relays, relay -> relay.forward().tls(),
                "no relay with this protocol forwards with " + word);
        none(settings, Side.BOTH, relays, relay -> relay.tls() && relay.forward().tls(),
                "no relay with this protocol both listens and forwards with " + word + ", which inspection is");
        if (relays.stream().anyMatch(relay -> relay.tls() && relay.forward().tls())) {
            half(settings);
        }
    }

    private void none(List<TlsSetting> settings, Side side, List<Relay> relays, Predicate<Relay> uses, String text) {
        if (relays.stream().noneMatch(uses)) {
            settings.stream().filter(setting -> side(setting) == side).findFirst()
                    .ifPresent(first -> add(first.span(), text, "leave it out"));
        }
    }

    private void half(List<TlsSetting> settings) {
        Optional<TlsSetting> certificate = settings.stream().filter(TlsSetting.CaCert.class::isInstance).findFirst();
        Optional<TlsSetting> key = settings.stream().filter(TlsSetting.CaKey.class::isInstance).findFirst();
        if (certificate.isPresent() != key.isPresent()) {
            certificate.or(() -> key).ifPresent(alone -> add(alone.span(),
                    "nothing is inspected without both ca cert and ca key",
                    "write " + word + (key.isPresent() ? " ca cert too" : " ca key too")));
        }
    }

    private static Side side(TlsSetting setting) {
        return switch (setting) {
            case TlsSetting.ClientCa _,TlsSetting.Keypair _ -> Side.CLIENTS;
            case TlsSetting.CaFile _ -> Side.TARGETS;
            case TlsSetting.CaCert _,TlsSetting.CaKey _ -> Side.BOTH;
            case TlsSetting.Flag _,TlsSetting.SessionTickets _,TlsSetting.SessionCache _,TlsSetting.NoSessionCache _,TlsSetting.Ciphers _,TlsSetting.Edh _,TlsSetting.EdhBits _,TlsSetting.NoEdh _,TlsSetting.Ecdhe _,TlsSetting.EcdhCurve _,TlsSetting.Ecdh _
                    -> Side.EITHER;
        };
    }

    private void add(Span place, String text, String help) {
        advice.add(Diagnostic.at(AdviceCode.NO_EFFECT, place, text).helped(help));
    }
}
