package org.relayd.compiler.print;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.relayd.compiler.translate.ActionTranslator;
import org.relayd.compiler.translate.OldDefaults;
import org.relayd.compiler.translate.Translated;
import org.relayd.ir.config.Filter;
import org.relayd.ir.config.Protocol;
import org.relayd.ir.config.Protocol.HttpSettings;
import org.relayd.ir.config.Protocol.TcpSettings;
import org.relayd.ir.config.TlsSettings;
import org.relayd.ir.term.Dialect;
import org.relayd.ir.term.ProtocolType;
import org.relayd.ir.term.TlsVersion;

/** Writes protocols in the current dialect. relayd.conf(5): PROTOCOLS. */
final class ProtocolText {
    private static final int MOST_BACKLOG = 512;
    private static final List<TlsVersion> SETTABLE = List.of(TlsVersion.SSLV3, TlsVersion.TLSV1_0, TlsVersion.TLSV1_1,
            TlsVersion.TLSV1_2, TlsVersion.TLSV1_3);
    private final ConfText text;
    private final RuleText rules;
    private final Dialect dialect;
    private final List<String> refusals = new ArrayList<>();
    private final List<String> notices = new ArrayList<>();

    ProtocolText(ConfText text, RuleText rules, Dialect dialect) {
        this.text = text;
        this.rules = rules;
        this.dialect = dialect;
    }

    List<String> refusals() {
        return refusals;
    }

    List<String> notices() {
        return notices;
    }

    void protocol(Protocol protocol) {
        List<String> lines = new ArrayList<>();
        tcp(protocol, lines);
        if (protocol.type() != ProtocolType.DNS) {
            tls(protocol, lines);
        }
        HttpSettings http = OldDefaults.http(protocol);
        if (http.headerLength() != HttpSettings.defaults().headerLength()) {
            lines.add("http headerlen " + http.headerLength());
        }
        if (http.websockets()) {
            lines.add("http websockets");
        }
        http.accessLog().ifPresent(log -> lines.add(
                "log access to " + text.quoted(log.file()) + " format " + log.format().word()));
        protocol.errorPages().ifPresent(
                pages -> lines
                        .add("return error" + pages.style().map(style -> " style " + text.quoted(style)).orElse("")));
        switch (protocol.filter()) {
            case Filter.Rules(var list) -> list.forEach(rule -> rules.line(rule).ifPresent(lines::add));
            case Filter.Actions(var actions) -> {
                Translated translated = ActionTranslator.translate(actions);
                translated.rules().forEach(rule -> rules.line(rule).ifPresent(lines::add));
                translated.refusals().forEach(reason -> refusals.add("protocol " + protocol.name() + ": " + reason));
                translated.notices().forEach(notice -> notices.add("protocol " + protocol.name() + ": " + notice));
            }
        }
        String header = protocol.type().word() + " protocol " + text.quoted(protocol.name());
        if (lines.isEmpty()) {
            text.line(header);
            return;
        }
        text.open(header);
        lines.forEach(text::line);
        text.close();
    }

    private void tcp(Protocol protocol, List<String> lines) {
        TcpSettings tcp = protocol.tcp();
        tcp.nodelay().ifPresent(enabled -> lines.add(enabled ? "tcp nodelay" : "tcp no nodelay"));
        tcp.sack().ifPresent(enabled -> lines.add(enabled ? "tcp sack" : "tcp no sack"));
        if (!tcp.splice()) {
            lines.add("tcp no splice");
        }
        tcp.socketBuffer().ifPresent(bytes -> lines.add("tcp socket buffer " + bytes));
        tcp.backlog().ifPresent(connections -> {
            if (connections > MOST_BACKLOG) {
                notices.add("protocol " + protocol.name() + ": backlog " + connections + " is above OpenBSD's "
                        + MOST_BACKLOG);
            }
            lines.add("tcp backlog " + connections);
        });
        tcp.ttl().ifPresent(hops -> lines.add("tcp ip \"ttl\" " + hops));
        tcp.minTtl().ifPresent(hops -> lines.add("tcp ip minttl " + hops));
    }

    private void tls(Protocol protocol, List<String> lines) {
        TlsSettings tls = protocol.tls();
        TlsSettings own = TlsSettings.defaults(dialect);
        versions(protocol, lines);
        if (!tls.ciphers().equals(own.ciphers())) {
            lines.add("tls ciphers " + text.quoted(tls.ciphers()));
        }
        if (!tls.ecdhe().equals(own.ecdhe())) {
            lines.add("tls ecdhe " + text.quoted(tls.ecdhe()));
        }
        if (!tls.edh().equals(own.edh())) {
            lines.add("tls edh params " + text.quoted(tls.edh()));
        }
        if (!tls.serverPreference()) {
            lines.add("tls no cipher-server-preference");
        }
        if (tls.clientRenegotiation()) {
            lines.add("tls client-renegotiation");
        }
        if (tls.tickets()) {
            lines.add("tls session tickets");
        }
        if (tls.sessionCache().size().isPresent() || !tls.sessionCache().enabled()) {
            notices.add("protocol " + protocol.name() + ": session cache has no counterpart and is left out");
        }
        file("ca file", tls.caFile(), lines);
        file("ca cert", tls.caCert(), lines);
        tls.caKey().ifPresent(
                key -> lines.add("tls ca key " + text.quoted(key.path()) + " password " + text.quoted(key.password())));
        file("client ca", tls.clientCa(), lines);
        tls.keypairs().forEach(name -> lines.add("tls keypair " + text.quoted(name)));
    }

    private void file(String words, Optional<String> path, List<String> lines) {
        path.ifPresent(p -> lines.add("tls " + words + " " + text.quoted(p)));
    }

    /**
     * In 5.1 {@code tlsv1} is on by default and stands for TLS as such: it becomes the current default. Written, it
     * asks for the old versions too, as the word does today.
     */
    private void versions(Protocol protocol, List<String> lines) {
        List<TlsVersion> versions = protocol.tls().versions();
        if (dialect == Dialect.V5_1) {
            if (!versions.contains(TlsVersion.TLSV1)) {
                refusals.add("protocol " + protocol.name() + ": only SSL 2 and 3 are left, which no longer exist");
            } else if (versions.contains(TlsVersion.TLSV1_0)) {
                lines.add("tls " + TlsVersion.TLSV1.word());
            }
            return;
        }
        List<TlsVersion> usual = TlsSettings.defaults(Dialect.CURRENT).versions();
        for (TlsVersion version : SETTABLE) {
            if (versions.contains(version) != usual.contains(version)) {
                lines.add("tls " + (versions.contains(version) ? "" : "no ") + version.word());
            }
        }
    }
}
