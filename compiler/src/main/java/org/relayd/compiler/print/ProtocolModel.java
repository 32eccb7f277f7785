package org.relayd.compiler.print;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.relayd.ir.config.AccessLog;
import org.relayd.ir.config.Action;
import org.relayd.ir.config.Digest;
import org.relayd.ir.config.Filter;
import org.relayd.ir.config.Protocol;
import org.relayd.ir.config.Protocol.TcpSettings;
import org.relayd.ir.config.Rule;
import org.relayd.ir.config.Rule.Condition;
import org.relayd.ir.config.Rule.Marking;
import org.relayd.ir.config.Rule.Match;
import org.relayd.ir.config.TlsSettings;
import org.relayd.ir.json.JsonWriter;
import org.relayd.ir.net.IpFamily;
import org.relayd.ir.net.IpPrefix;
import org.relayd.ir.term.AccessLogFormat;
import org.relayd.ir.term.Dialect;
import org.relayd.ir.term.DigestAlgorithm;
import org.relayd.ir.term.EntityOption;
import org.relayd.ir.term.EntityType;
import org.relayd.ir.term.TlsVersion;

/** Protocols in the resolved model. */
final class ProtocolModel {
    /** OpenBSD 5.1 keeps actions in a tree for each direction, by key without regard to case and then by type. */
    private static final Comparator<Action> TREE_ORDER = Comparator.comparing(Action::direction)
            .thenComparing(Action::key, String.CASE_INSENSITIVE_ORDER).thenComparing(Action::type);

    private final JsonWriter json;
    private final Dialect dialect;

    ProtocolModel(JsonWriter json, Dialect dialect) {
        this.json = json;
        this.dialect = dialect;
    }

    void protocol(Protocol protocol) {
        json.beginObject();
        json.member("id", protocol.id().map(id -> OptionalInt.of(id.number())).orElse(OptionalInt.empty()));
        json.member("name", protocol.name());
        json.member("type", protocol.type().word());
        json.member("returnError", protocol.errorPages().isPresent());
        json.member("style", protocol.errorPages().flatMap(pages -> pages.style()));
        tcp(protocol.tcp());
        tls(protocol.tls());
        if (dialect == Dialect.CURRENT) {
            json.name("http").beginObject();
            json.member("headerlen", protocol.http().headerLength());
            json.member("websockets", protocol.http().websockets());
            json.endObject();
        }
        protocol.http().accessLog().ifPresent(this::accessLog);
        switch (protocol.filter()) {
            case Filter.Actions(List<Action> actions) -> {
                json.name("actions").beginArray();
                actions.stream().sorted(TREE_ORDER).forEach(this::action);
                json.endArray();
            }
            case Filter.Rules(List<Rule> rules) -> {
                json.name("rules").beginArray();
                rules.forEach(this::rule);
                json.endArray();
            }
        }
        json.endObject();
    }

    // An extension: a file without it has the model that it always had.
    private void accessLog(AccessLog log) {
        switch (log) {
            case AccessLog(String file, AccessLogFormat format) -> json.name("accessLog").beginObject()
                    .member("file", file).member("format", format.word()).endObject();
        }
    }

    private void tcp(TcpSettings tcp) {
        json.name("tcp").beginObject();
        switch (tcp) {
            case TcpSettings(var nodelay, var sack, boolean splice, var socketBuffer, var backlog, var ttl, var minTtl) -> {
                flag("nodelay", nodelay);
                flag("sack", sack);
                json.member("splice", splice);
                json.member("socketBuffer", socketBuffer);
                json.member("backlog", backlog.orElse(TcpSettings.UNWRITTEN_BACKLOG));
                json.member("ttl", ttl);
                json.member("minttl", minTtl);
            }
        }
        json.endObject();
    }

    private void tls(TlsSettings tls) {
        json.name("tls").beginObject();
        json.member("versions", tls.versions().stream().map(TlsVersion::word).toList());
        json.member("ciphers", tls.ciphers());
        if (dialect == Dialect.CURRENT) {
            json.member("ecdhe", tls.ecdhe());
            json.member("edh", tls.edh());
            json.member("serverPreference", tls.serverPreference());
            json.member("clientRenegotiation", tls.clientRenegotiation());
            json.member("tickets", tls.tickets());
        }
        json.member("ca", tls.caFile());
        if (dialect == Dialect.CURRENT) {
            json.member("caCert", tls.caCert());
            json.member("caKey", tls.caKey().map(key -> key.path()));
            json.member("clientCa", tls.clientCa());
            json.member("keypairs", tls.keypairs());
        } else {
            laterTls(tls);
        }
        json.endObject();
    }

    // What came after 5.1 and is read beside its statements shows where it is set only.
    private void laterTls(TlsSettings tls) {
        TlsSettings own = TlsSettings.defaults(dialect);
        if (!tls.ecdhe().equals(own.ecdhe())) {
            json.member("ecdhe", tls.ecdhe());
        }
        if (!tls.edh().equals(own.edh())) {
            json.member("edh", tls.edh());
        }
        if (tls.caCert().isPresent()) {
            json.member("caCert", tls.caCert());
        }
        if (tls.caKey().isPresent()) {
            json.member("caKey", tls.caKey().map(key -> key.path()));
        }
    }

    private void action(Action action) {
        json.beginObject();
        json.member("direction", action.direction().word());
        json.member("type", action.type().word());
        json.member("action", action.kind().word());
        json.member("key", action.key());
        json.member("value", action.value());
        json.member("mark", action.mark().isPresent() ? action.mark() : action.marked());
        json.member("log", action.log());
        json.member("digest", action.digest().map(algorithm -> algorithm.word()));
        json.member("label", action.label());
        json.endObject();
    }

    private void rule(Rule rule) {
        json.beginObject();
        json.member("action", rule.verdict().word());
        json.member("direction", rule.direction().word());
        json.member("quick", rule.quick());
        json.member("family", rule.family().map(IpFamily::word));
        json.member("from", rule.from().map(IpPrefix::toString));
        json.member("to", rule.to().map(IpPrefix::toString));
        json.member("method", rule.method());
        json.member("forwardTo", rule.forwardTo());
        json.member("tag", text(rule.tag()));
        json.member("tagged", rule.tagged());
        json.member("label", text(rule.label()));
        json.member("noTag", rule.tag() instanceof Marking.Clear);
        json.member("noLabel", rule.label() instanceof Marking.Clear);
        json.name("conditions").beginArray();
        rule.conditions().forEach(this::condition);
        json.endArray().endObject();
    }

    private static Optional<String> text(Marking marking) {
        return switch (marking) {
            case Marking.Keep() -> Optional.empty();
            case Marking.Clear() -> Optional.empty();
            case Marking.Set(String text) -> Optional.of(text);
        };
    }

    private void condition(Condition condition) {
        json.beginObject();
        switch (condition) {
            case Condition(EntityType type, var option, var key, var value, var digest, var strip) -> {
                json.member("type", type.word());
                json.member("option", option.map(EntityOption::word));
                json.member("key", key.map(Match::text));
                json.member("value", value.map(Match::text));
                json.member("digest", digest.map(Digest::algorithm).map(DigestAlgorithm::word));
                json.member("keyPattern", key.map(Match::pattern).orElse(false));
                json.member("valuePattern", value.map(Match::pattern).orElse(false));
                json.member("strip", strip);
            }
        }
        json.endObject();
    }

    private void flag(String name, Optional<Boolean> value) {
        if (value.isPresent()) {
            json.member(name, value.get());
        } else {
            json.name(name).nothing();
        }
    }
}
