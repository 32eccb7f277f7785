package org.relayd.compiler.check.protocol;

import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import org.relayd.compiler.check.state.Findings;
import org.relayd.ir.config.Protocol.TcpSettings;
import org.relayd.ir.parsed.Count;
import org.relayd.ir.parsed.TcpSetting;
import org.relayd.ir.parsed.Text;
import org.relayd.ir.source.Span;
import org.relayd.ir.term.Dialect;

/**
 * TCP settings of a protocol while they are read. relayd.conf(5): PROTOCOLS. A flag and its opposite are both kept:
 * then the flag wins, except for {@code splice}, where {@code no splice} wins.
 */
final class TcpDraft {
    private static final int MOST_BACKLOG = 1024;

    private final Findings findings;
    private final int portableBacklog;
    private boolean nodelay;
    private boolean noNodelay;
    private boolean sack;
    private boolean noSack;
    private boolean splice = true;
    private OptionalInt socketBuffer = OptionalInt.empty();
    private OptionalInt backlog = OptionalInt.empty();
    private OptionalInt ttl = OptionalInt.empty();
    private OptionalInt minTtl = OptionalInt.empty();

    TcpDraft(Dialect dialect, Findings findings) {
        this.findings = findings;
        this.portableBacklog = switch (dialect) {
            case V5_1 -> MOST_BACKLOG;
            case CURRENT -> 512;
        };
    }

    void read(TcpSetting setting) {
        switch (setting) {
            case TcpSetting.Nodelay(Span _, boolean enabled) -> {
                nodelay |= enabled;
                noNodelay |= !enabled;
            }
            case TcpSetting.Sack(Span _, boolean enabled) -> {
                sack |= enabled;
                noSack |= !enabled;
            }
            case TcpSetting.Splice(Span _, boolean enabled) -> splice &= enabled;
            case TcpSetting.Backlog(Span _, Count connections) -> {
                if (connections.value() < 0 || connections.value() > MOST_BACKLOG) {
                    findings.add(ProtocolErrors.tcpRange("backlog", connections, "0 to " + MOST_BACKLOG));
                } else if (connections.value() > portableBacklog) {
                    findings.add(ProtocolErrors.largeBacklog(connections, portableBacklog));
                }
                backlog = OptionalInt.of((int) connections.value());
            }
            case TcpSetting.SocketBuffer(Span _, Count bytes) -> {
                if ((int) bytes.value() < 0) {
                    findings.add(ProtocolErrors.tcpRange("socket buffer size", bytes, "0 or more"));
                }
                socketBuffer = positive((int) bytes.value());
            }
            case TcpSetting.IpOption(Span _, Text name, Count hops) -> ip(name, hops);
        }
    }

    TcpSettings finish() {
        return new TcpSettings(flag(nodelay, noNodelay), flag(sack, noSack), splice, socketBuffer, backlog, ttl,
                minTtl);
    }

    private void ip(Text name, Count hops) {
        switch (name.value().toLowerCase(Locale.ROOT)) {
            case "ttl" -> ttl = hops(name, hops, "ttl");
            case "minttl" -> minTtl = hops(name, hops, "minttl");
            default -> findings.add(ProtocolErrors.invalidTcpFlag(name));
        }
    }

    // OpenBSD keeps eight bits of the number. The bare word ttl, which OpenBSD refuses, has no such past.
    private OptionalInt hops(Text name, Count hops, String what) {
        boolean bare = name.span().text().equals("ttl");
        if (bare) {
            findings.add(ProtocolErrors.bareTtl(name.span()));
        }
        int kept = (int) hops.value() & 0xff;
        boolean inRange = hops.value() >= 1 && hops.value() <= 255;
        if (hops.value() < 0 || (bare && !inRange)) {
            findings.add(ProtocolErrors.tcpRange(what, hops, "1 to 255"));
        } else if (kept != hops.value()) {
            findings.add(ProtocolErrors.hopsCut(hops, kept));
        }
        return positive(kept);
    }

    private static OptionalInt positive(int value) {
        return value == 0 ? OptionalInt.empty() : OptionalInt.of(value);
    }

    private static Optional<Boolean> flag(boolean set, boolean cleared) {
        return set ? Optional.of(true) : cleared ? Optional.of(false) : Optional.empty();
    }
}
