package org.relayd.compiler.check.protocol;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.relayd.ir.config.TlsSettings;
import org.relayd.ir.config.TlsSettings.CaKey;
import org.relayd.ir.config.TlsSettings.SessionCache;
import org.relayd.ir.parsed.Text;
import org.relayd.ir.source.Span;
import org.relayd.ir.term.Dialect;
import org.relayd.ir.term.TlsVersion;

/** TLS settings of a protocol while they are read. */
final class TlsDraft {
    final Set<TlsVersion> versions = EnumSet.noneOf(TlsVersion.class);
    String ciphers;
    String ecdhe;
    String edh;
    boolean serverPreference;
    boolean clientRenegotiation;
    boolean tickets;
    SessionCache sessionCache;
    Optional<String> caFile = Optional.empty();
    Optional<String> caCert = Optional.empty();
    Optional<CaKey> caKey = Optional.empty();
    Optional<String> clientCa = Optional.empty();
    final List<String> keypairs = new ArrayList<>();
    /** Where the list of ciphers stands that holds. */
    Optional<Span> ciphersPlace = Optional.empty();
    /** Where the groups for key exchange stand that hold. */
    Optional<Span> groupsPlace = Optional.empty();
    /** The last word that asks for TLS 1.0 or 1.1. */
    Optional<Text> weakVersion = Optional.empty();
    /** Where files and keypairs are named, the last place of each. */
    final Map<String, Span> files = new HashMap<>();

    /** Begins with the defaults of a dialect. */
    TlsDraft(Dialect dialect) {
        TlsSettings defaults = TlsSettings.defaults(dialect);
        versions.addAll(defaults.versions());
        ciphers = defaults.ciphers();
        ecdhe = defaults.ecdhe();
        edh = defaults.edh();
        serverPreference = defaults.serverPreference();
        clientRenegotiation = defaults.clientRenegotiation();
        tickets = defaults.tickets();
        sessionCache = defaults.sessionCache();
    }

    /** Returns where the settings stand. */
    TlsPlaces places() {
        return new TlsPlaces(files, ciphersPlace, groupsPlace);
    }

    TlsSettings finish() {
        return new TlsSettings(List.copyOf(versions), ciphers, ecdhe, edh, serverPreference, clientRenegotiation,
                tickets,
                sessionCache, caFile, caCert, caKey, clientCa, keypairs);
    }
}
