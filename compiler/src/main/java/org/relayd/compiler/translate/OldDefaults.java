package org.relayd.compiler.translate;

import java.util.ArrayList;
import java.util.List;
import org.relayd.ir.config.CheckedConfig;
import org.relayd.ir.config.Filter;
import org.relayd.ir.config.Protocol;
import org.relayd.ir.config.Protocol.HttpSettings;
import org.relayd.ir.config.Relay;
import org.relayd.ir.config.TlsSettings;
import org.relayd.ir.term.Dialect;
import org.relayd.ir.term.ProtocolType;
import org.relayd.ir.term.SchedulingMode;
import org.relayd.ir.term.TlsVersion;

/**
 * What dialect 5.1 does without being told: as settings of the current dialect where it has them, else as notices of
 * what will be different.
 */
public final class OldDefaults {
    /** Bytes of the longest head that is read in dialect 5.1, which has no word for it: the most that can be set. */
    private static final int HEADER_LENGTH = 131_072;

    private OldDefaults() {}

    /** Returns the HTTP settings that a protocol has: one with actions has long heads and passes upgrades on. */
    public static HttpSettings http(Protocol protocol) {
        return switch (protocol.filter()) {
            case Filter.Rules _ -> protocol.http();
            case Filter.Actions _ -> switch (protocol.type()) {
                case HTTP -> new HttpSettings(HEADER_LENGTH, true, protocol.http().accessLog());
                case TCP, DNS -> protocol.http();
            };
        };
    }

    /** Returns what a relay of dialect 5.1 will do otherwise, one line each. */
    public static List<String> notices(CheckedConfig config, Relay relay) {
        List<String> notices = new ArrayList<>();
        if (relay.tls() || relay.forward().tls()) {
            tls(relay, notices);
        }
        for (SchedulingMode mode : List.of(SchedulingMode.LOADBALANCE, SchedulingMode.HASH)) {
            if (relay.forward().tables().stream().anyMatch(use -> use.mode() == mode)) {
                notices.add("relay " + relay.name() + ": mode " + mode.word() + " leads clients to other hosts");
            }
        }
        if (relay.protocol().type() == ProtocolType.DNS) {
            notices.add("relay " + relay.name() + ": answers may take the session timeout, "
                    + relay.sessionTimeout().toSeconds() + " s, not the timeout of checks, "
                    + config.globals().timeout().toMillis() + " ms");
        }
        return notices;
    }

    private static void tls(Relay relay, List<String> notices) {
        TlsSettings tls = relay.protocol().tls();
        TlsSettings old = TlsSettings.defaults(Dialect.V5_1);
        String owner = relay.protocol().id().isPresent() ? "protocol " + relay.protocol().name()
                : "relay " + relay.name();
        if (!tls.versions().contains(TlsVersion.TLSV1_0)) {
            notices.add(owner + ": TLS 1.2 and 1.3 are spoken, and nothing older");
        }
        if (tls.ciphers().equals(old.ciphers())) {
            notices.add(owner + ": the ciphers are " + TlsSettings.defaults(Dialect.CURRENT).ciphers()
                    + ", the default now, not " + old.ciphers());
        }
        if (relay.tls() && tls.sessionCache().equals(old.sessionCache())) {
            notices.add(owner + ": clients resume no session without tls session tickets");
        }
    }
}
