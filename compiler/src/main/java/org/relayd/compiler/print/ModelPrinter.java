package org.relayd.compiler.print;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.relayd.ir.config.CheckedConfig;
import org.relayd.ir.config.HealthCheck;
import org.relayd.ir.config.Host;
import org.relayd.ir.config.HostId;
import org.relayd.ir.config.Redirect;
import org.relayd.ir.config.Redirect.Listener;
import org.relayd.ir.config.Relay;
import org.relayd.ir.config.RelayTable;
import org.relayd.ir.config.RouteId;
import org.relayd.ir.config.Router;
import org.relayd.ir.config.Table;
import org.relayd.ir.json.JsonWriter;
import org.relayd.ir.net.IpAddress;
import org.relayd.ir.net.IpPrefix;
import org.relayd.ir.net.IpProtocol;
import org.relayd.ir.net.Port;
import org.relayd.ir.net.PortRange;
import org.relayd.ir.term.SchedulingMode;

/**
 * Writes what a configuration means as JSON: the resolved model. relayd-compile(1): {@code --emit model}. The names of
 * the members are a contract; {@code null} is what is not set.
 */
public final class ModelPrinter {
    private final JsonWriter json = JsonWriter.indented();

    private ModelPrinter() {}

    /** Returns the model, with a newline at its end. */
    public static String print(CheckedConfig config) {
        ModelPrinter printer = new ModelPrinter();
        printer.model(config);
        return printer.json + "\n";
    }

    private void model(CheckedConfig config) {
        json.beginObject();
        json.member("dialect", config.dialect().word());
        json.member("interval", config.globals().interval().toSeconds());
        json.member("timeout", config.globals().timeout().toMillis());
        json.member("prefork", config.globals().prefork());
        json.name("tables").beginArray();
        config.tables().forEach(this::table);
        json.endArray().name("redirects").beginArray();
        config.redirects().forEach(this::redirect);
        json.endArray().name("relays").beginArray();
        config.relays().forEach(this::relay);
        json.endArray().name("protocols").beginArray();
        ProtocolModel protocols = new ProtocolModel(json, config.dialect());
        config.protocols().forEach(protocols::protocol);
        json.endArray().name("routers").beginArray();
        config.routers().forEach(this::router);
        json.endArray().endObject();
    }

    private void table(Table table) {
        json.beginObject();
        json.member("id", table.id().number());
        json.member("name", table.name());
        json.member("port", table.port().number());
        json.member("disabled", table.disabled());
        check(table);
        json.member("demote", table.demoteGroup());
        json.member("routeTo", table.routeInterface().isPresent());
        json.member("interface", table.routeInterface());
        json.name("hosts").beginArray();
        table.hosts().forEach(this::host);
        json.endArray().endObject();
    }

    private void check(Table table) {
        CheckFields fields = table.check().map(CheckFields::of).orElse(CheckFields.none());
        json.member("check", fields.word());
        json.member("tls", table.check().map(HealthCheck::speaksTls).orElse(false) || table.leftovers().tls());
        json.member("timeout", table.timeout().toMillis());
        json.member("interval", table.interval().toSeconds());
        json.member("code", fields.code());
        json.member("digest", fields.digest().map(digest -> digest.text()));
        json.member("digestAlgorithm", fields.digest().map(digest -> digest.algorithm().word()));
        json.member("send", table.check().flatMap(HealthCheck::request).or(() -> table.leftovers().send()));
        json.member("expect", fields.expect());
        json.member("script", fields.script());
        fields.query().ifPresent(name -> json.member("query", name));
    }

    private void host(Host host) {
        json.beginObject();
        switch (host) {
            case Host(HostId id, String name, IpAddress address, var parent, int retry, var ttl, var priority) -> {
                json.member("id", id.number());
                json.member("name", name);
                json.member("address", address.toString());
                json.member("parent", parent.map(HostId::number).map(OptionalInt::of).orElse(OptionalInt.empty()));
                json.member("retry", retry);
                json.member("ttl", ttl);
                json.member("priority", priority);
            }
        }
        json.endObject();
    }

    private void redirect(Redirect redirect) {
        json.beginObject();
        json.member("id", redirect.id().number());
        json.member("name", redirect.name());
        json.member("disabled", redirect.disabled());
        json.member("sticky", redirect.sticky());
        json.member("match", redirect.match());
        json.member("pflog", redirect.pflog());
        json.member("port", redirect.port().number());
        json.member("table", redirect.table().name());
        json.member("backup", redirect.backup().map(Table::name));
        json.member("mode", redirect.mode().word());
        json.member("key", redirect.key().map(key -> key.text()));
        json.member("tag", redirect.tag());
        json.member("timeout", redirect.sessionTimeout().toSeconds());
        json.name("listen").beginArray();
        redirect.listeners().forEach(this::listener);
        json.endArray().endObject();
    }

    private void listener(Listener listener) {
        json.beginObject();
        switch (listener) {
            case Listener(IpAddress address, IpProtocol(String protocol), PortRange(Port first, Port last, boolean range), var interfaceName) -> {
                json.member("address", address.toString());
                json.member("protocol", protocol);
                json.member("port", first.number());
                json.member("portEnd", range ? OptionalInt.of(last.number()) : OptionalInt.empty());
                json.member("interface", interfaceName);
            }
        }
        json.endObject();
    }

    private void relay(Relay relay) {
        Relay.Forward forward = relay.forward();
        json.beginObject();
        json.member("id", relay.id().number());
        json.member("name", relay.name());
        json.member("address", relay.address().toString());
        json.member("port", relay.port().number());
        json.member("protocol", relay.protocol().name());
        json.member("disabled", relay.disabled());
        json.member("tls", relay.tls());
        json.member("tlsClient", forward.tls());
        json.member("natLookup", forward.natLookup());
        json.member("destination", forward.destination());
        json.member("transparent", forward.transparent());
        json.member("timeout", relay.sessionTimeout().toSeconds());
        target(forward);
        mapping(forward.mapping());
        json.member("proxyProtocol", forward.proxyProtocol().map(version -> version.word()));
        json.member("key", forward.key().map(key -> key.text()));
        relayTables(forward.tables());
        json.endObject();
    }

    private void target(Relay.Forward forward) {
        json.name("target");
        if (forward.target().isEmpty()) {
            json.nothing();
            return;
        }
        json.beginObject();
        json.member("address", forward.target().get().address().toString());
        json.member("port", forward.target().get().port().number());
        json.member("retry", forward.retry());
        json.endObject();
    }

    private void mapping(Optional<Relay.Mapping> mapping) {
        if (mapping.isEmpty()) {
            json.member("inet", Optional.empty()).member("inet6Prefix", Optional.empty());
            return;
        }
        switch (mapping.get()) {
            case Relay.Mapping.ToInet() -> json.member("inet", "inet").member("inet6Prefix", Optional.empty());
            case Relay.Mapping.ToInet6(var prefix)
                    -> json.member("inet", "inet6").member("inet6Prefix", prefix.toString());
        }
    }

    private void relayTables(List<RelayTable> tables) {
        json.name("tables").beginArray();
        for (RelayTable use : tables) {
            switch (use) {
                case RelayTable(Table table, SchedulingMode mode, boolean backup) -> json.beginObject()
                        .member("table", table.name()).member("mode", mode.word()).member("backup", backup).endObject();
            }
        }
        json.endArray();
    }

    private void router(Router router) {
        json.beginObject();
        json.member("id", router.id().number());
        json.member("name", router.name());
        json.member("table", router.gateways().map(Table::name));
        json.member("rtable", router.rtable());
        json.member("label", router.label());
        json.member("family", router.family().word());
        json.name("routes").beginArray();
        for (Router.Route route : router.routes()) {
            switch (route) {
                case Router.Route(RouteId id, IpPrefix destination) -> json.beginObject().member("id", id.number())
                        .member("destination", destination.toString()).endObject();
            }
        }
        json.endArray().endObject();
    }
}
