package org.relayd.compiler.check.protocol;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.relayd.compiler.check.state.Names;
import org.relayd.ir.config.Filter;
import org.relayd.ir.config.Protocol;
import org.relayd.ir.config.TlsSettings;
import org.relayd.ir.source.Span;
import org.relayd.ir.term.Dialect;
import org.relayd.ir.term.ProtocolType;

/** The protocols defined above the line being checked. */
public final class Protocols {
    /** Name of the built-in protocol, which the file can neither define nor name. */
    static final String BUILT_IN = "default";

    private final Dialect dialect;
    private final Protocol builtIn;
    private final Names<Protocol> names = new Names<>();
    private final Set<String> used = new HashSet<>();
    private final Map<String, TlsPlaces> places = new HashMap<>();

    /**
     * @param dialect
     *            decides about defaults
     */
    public Protocols(Dialect dialect) {
        this.dialect = dialect;
        Filter nothing = switch (dialect) {
            case V5_1 -> new Filter.Actions(List.of());
            case CURRENT -> new Filter.Rules(List.of());
        };
        this.builtIn = new Protocol(Optional.empty(), BUILT_IN, ProtocolType.TCP, Optional.empty(),
                Protocol.TcpSettings.defaults(), TlsSettings.defaults(dialect), Protocol.HttpSettings.defaults(),
                nothing);
    }

    /** Returns the dialect whose rules apply. */
    public Dialect dialect() {
        return dialect;
    }

    /** Returns the protocol of relays that name none. */
    public Protocol builtIn() {
        return builtIn;
    }

    /** Returns the protocols by name. */
    public Names<Protocol> names() {
        return names;
    }

    /** Returns a protocol and notes that it is used. */
    public Optional<Protocol> use(String name) {
        Optional<Protocol> found = names.find(name);
        if (found.isPresent()) {
            used.add(name);
        }
        return found;
    }

    /** Notes where a protocol has its TLS settings. */
    void places(String protocol, TlsPlaces tls) {
        places.put(protocol, tls);
    }

    /** Returns where a protocol has its TLS settings; empty for the one that is built in. */
    public Optional<TlsPlaces> places(Protocol protocol) {
        return Optional.ofNullable(places.get(protocol.name()));
    }

    /** Returns where a protocol names a file or keypair. */
    public Span file(Protocol protocol, String file) {
        return places.get(protocol.name()).files().get(file);
    }

    /** Returns all protocols in the order of their ids. */
    public List<Protocol> all() {
        List<Protocol> all = new ArrayList<>();
        names.all().forEach(all::add);
        return all;
    }

    /** Returns whether a relay names a protocol. */
    public boolean isUsed(Protocol protocol) {
        return used.contains(protocol.name());
    }
}
