package org.relayd.compiler.print;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.relayd.ir.config.Filter;
import org.relayd.ir.config.Protocol;
import org.relayd.ir.config.Protocol.TcpSettings;
import org.relayd.ir.config.Relay;
import org.relayd.ir.config.TlsSettings;
import org.relayd.ir.term.Dialect;
import org.relayd.ir.term.ProtocolType;
import org.relayd.ir.term.TlsVersion;

/**
 * The protocol of a relay as relayd(8) shows it with {@code -vv}: its settings in words, and each rule or action on a
 * line.
 */
public final class ProtocolDump {
    /** Number of the protocol that is built in. */
    private static final int BUILT_IN = -1;
    /** Actions of dialect 5.1 that are shown. */
    private static final int MOST_ACTIONS = 100;

    private ProtocolDump() {}

    /** Returns the lines for a relay. */
    public static List<String> of(Relay relay, Dialect dialect) {
        Protocol protocol = relay.protocol();
        List<String> lines = new ArrayList<>();
        lines.add("protocol " + protocol.id().map(id -> id.number()).orElse(BUILT_IN) + ": name " + protocol.name());
        lines.add("\tflags: used" + (protocol.errorPages().isPresent() ? ", return" : "") + ", relay flags: "
                + words(relayFlags(relay, dialect)));
        String tcp = words(tcpFlags(protocol.tcp()));
        if (!tcp.isEmpty()) {
            lines.add("\ttcp flags: " + tcp);
        }
        boolean tls = relay.tls() || relay.forward().tls();
        switch (dialect) {
            case CURRENT -> {
                if (tls) {
                    lines.add("\ttls flags: " + words(tlsFlags(protocol.tls())));
                }
                lines.add("\ttls session tickets: " + (protocol.tls().tickets() ? "enabled" : "disabled"));
            }
            case V5_1 -> {
                if (tls) {
                    lines.add("\tssl flags: " + words(tlsFlags(protocol.tls())));
                }
                protocol.tls().sessionCache().size().ifPresent(size -> lines.add("\tssl session cache: " + size));
            }
        }
        lines.add("\ttype: " + protocol.type().word());
        rules(protocol.filter(), lines);
        return lines;
    }

    private static void rules(Filter filter, List<String> lines) {
        switch (filter) {
            case Filter.Rules(var rules) -> rules.forEach(rule -> lines.add("\t\t" + FilterDump.rule(rule)));
            case Filter.Actions(var actions) -> {
                actions.stream().limit(MOST_ACTIONS).forEach(action -> lines.add("\t\t" + FilterDump.action(action)));
                if (actions.size() > MOST_ACTIONS) {
                    lines.add("\t\t...");
                }
            }
        }
    }

    private static Stream<Optional<String>> relayFlags(Relay relay, Dialect dialect) {
        String tls = dialect == Dialect.CURRENT ? "tls" : "ssl";
        Relay.Forward forward = relay.forward();
        boolean inspects = relay.tls() && forward.tls() && relay.protocol().tls().caKey().isPresent();
        return Stream.of(flag("disable", relay.disabled()), flag(tls, relay.tls()),
                flag("nat lookup", forward.natLookup()), flag("udp", relay.protocol().type() == ProtocolType.DNS),
                flag(tls + " client", forward.tls()), flag("divert", forward.destination()),
                flag("tls inspect", inspects), flag("hashkey", forward.key().isPresent()));
    }

    private static Stream<Optional<String>> tcpFlags(TcpSettings tcp) {
        return Stream.of(tcp.nodelay().map(on -> on ? "nodelay" : "no nodelay"),
                tcp.sack().map(on -> on ? "sack" : "no sack"),
                flag("socket buffer size", tcp.socketBuffer().isPresent()), flag("ip ttl", tcp.ttl().isPresent()),
                flag("ip minttl", tcp.minTtl().isPresent()), flag("no splice", !tcp.splice()));
    }

    private static Stream<Optional<String>> tlsFlags(TlsSettings tls) {
        return Stream.concat(
                tls.versions().stream().filter(version -> !isInside(version, tls))
                        .map(version -> Optional.of(version.word())),
                Stream.of(flag("cipher server preference", tls.serverPreference()),
                        flag("client renegotiation", tls.clientRenegotiation())));
    }

    /** The one word of dialect 5.1 for TLS stands for all its versions. */
    private static boolean isInside(TlsVersion version, TlsSettings tls) {
        return tls.versions().contains(TlsVersion.TLSV1)
                && (version == TlsVersion.TLSV1_0 || version == TlsVersion.TLSV1_1);
    }

    private static Optional<String> flag(String word, boolean set) {
        return set ? Optional.of(word) : Optional.empty();
    }

    private static String words(Stream<Optional<String>> flags) {
        return flags.flatMap(Optional::stream).collect(Collectors.joining(", "));
    }
}
