package org.relayd.compiler.check.protocol;

import java.util.List;
import java.util.ArrayList;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.relayd.compiler.check.state.Findings;
import org.relayd.compiler.check.state.Limits;
import org.relayd.compiler.source.SimilarNames;
import org.relayd.ir.config.TlsSettings.CaKey;
import org.relayd.ir.config.TlsSettings.SessionCache;
import org.relayd.ir.parsed.Count;
import org.relayd.ir.parsed.Text;
import org.relayd.ir.parsed.TlsSetting;
import org.relayd.ir.source.Span;
import org.relayd.ir.term.Dialect;
import org.relayd.ir.term.TlsVersion;

/** Reads TLS settings, {@code ssl} in dialect 5.1. relayd.conf(5): PROTOCOLS. */
final class TlsReader {
    private static final Map<String, Set<TlsVersion>> VERSIONS_51 = Map.of("sslv2", Set.of(TlsVersion.SSLV2), "sslv3",
            Set.of(TlsVersion.SSLV3), "tlsv1", Set.of(TlsVersion.TLSV1, TlsVersion.TLSV1_0, TlsVersion.TLSV1_1));
    private static final Map<String, Set<TlsVersion>> VERSIONS = Map.of("sslv3", Set.of(TlsVersion.SSLV3), "tlsv1",
            Set.of(TlsVersion.TLSV1_0, TlsVersion.TLSV1_1, TlsVersion.TLSV1_2, TlsVersion.TLSV1_3), "tlsv1.0",
            Set.of(TlsVersion.TLSV1_0), "tlsv1.1", Set.of(TlsVersion.TLSV1_1), "tlsv1.2", Set.of(TlsVersion.TLSV1_2),
            "tlsv1.3", Set.of(TlsVersion.TLSV1_3));

    private final Dialect dialect;
    private final Findings findings;
    private final String layer;
    private final Map<String, Set<TlsVersion>> versions;
    private final CipherReader ciphers;
    private final GroupReader groups;

    TlsReader(Dialect dialect, Findings findings) {
        this.dialect = dialect;
        this.findings = findings;
        this.layer = switch (dialect) {
            case V5_1 -> "SSL";
            case CURRENT -> "TLS";
        };
        this.ciphers = new CipherReader(findings);
        this.groups = new GroupReader(findings);
        this.versions = switch (dialect) {
            case V5_1 -> VERSIONS_51;
            case CURRENT -> VERSIONS;
        };
    }

    /** Notes a setting in the draft; what is wrong goes to the findings. */
    void read(TlsSetting setting, TlsDraft draft) {
        switch (setting) {
            case TlsSetting.Flag(Span _, boolean enabled, Text name) -> flag(name, enabled, draft);
            case TlsSetting.SessionTickets(Span _, boolean enabled) -> draft.tickets = enabled;
            case TlsSetting.SessionCache(Span span, Count size) -> {
                checkSize(size);
                sessionCache(span, new SessionCache(OptionalLong.of(size.value()), true), draft);
            }
            case TlsSetting.NoSessionCache(Span span)
                    -> sessionCache(span, new SessionCache(OptionalLong.empty(), false), draft);
            case TlsSetting.Ciphers(Span _, Text list) -> {
                draft.ciphers = limited(list, "ciphers truncated", Limits.CIPHERS);
                draft.ciphersPlace = Optional.of(list.span());
                if (!Limits.exceeds(list.value(), Limits.CIPHERS)) {
                    ciphers.check(list);
                }
            }
            case TlsSetting.CaFile(Span _, Text path) -> draft.caFile = path(path, "ca truncated", draft);
            case TlsSetting.CaCert(Span _, Text path) -> draft.caCert = path(path, "cacert truncated", draft);
            case TlsSetting.CaKey(Span _, Text path, Text password) -> draft.caKey = path(path,
                    "cakey truncated", draft).map(file -> new CaKey(file, password.value()));
            case TlsSetting.ClientCa(Span _, Text path) -> draft.clientCa = path(path, "clientca truncated", draft);
            case TlsSetting.Keypair(Span _, Text name) -> keypair(name, draft);
            case TlsSetting.Edh(Span span, Optional<Text> params) -> edh(span, params, draft);
            case TlsSetting.EdhBits(Span span, Count _) -> {
                findings.add(TlsErrors.edhBits(span));
                edh(span, Optional.empty(), draft);
            }
            case TlsSetting.NoEdh _ -> draft.edh = "none";
            case TlsSetting.Ecdhe(Span _, Text curves) -> ecdhe(curves, draft);
            case TlsSetting.EcdhCurve(Span span, Text curve) -> ecdh(span, curve, draft);
            case TlsSetting.Ecdh(Span span) -> findings.add(TlsErrors.ecdh(span));
        }
    }

    /** Checks at the end of the section that a version is left. */
    void finish(TlsDraft draft, Span closing) {
        if (draft.versions.isEmpty()) {
            findings.add(TlsErrors.noVersion(closing, layer));
        } else if (draft.versions.contains(TlsVersion.TLSV1_0) || draft.versions.contains(TlsVersion.TLSV1_1)) {
            draft.weakVersion.map(TlsErrors::weakVersion).ifPresent(findings::add);
        }
    }

    private void flag(Text name, boolean enabled, TlsDraft draft) {
        Set<TlsVersion> named = versions.getOrDefault(name.value(), Set.of());
        if (!named.isEmpty()) {
            if (enabled) {
                draft.versions.addAll(named);
                if (named.contains(TlsVersion.TLSV1_0) || named.contains(TlsVersion.TLSV1_1)) {
                    draft.weakVersion = Optional.of(name);
                }
                if (named.contains(TlsVersion.SSLV2) || named.contains(TlsVersion.SSLV3)) {
                    findings.add(TlsErrors.deadVersion(name));
                }
            } else {
                draft.versions.removeAll(named);
            }
        } else if (name.value().equals(TlsVersion.SSLV2.word())) {
            findings.add(TlsErrors.forgottenVersion(name));
        } else if (dialect == Dialect.CURRENT && name.value().equals("cipher-server-preference")) {
            draft.serverPreference = enabled;
        } else if (dialect == Dialect.CURRENT && name.value().equals("client-renegotiation")) {
            draft.clientRenegotiation = enabled;
            if (enabled) {
                findings.add(TlsErrors.noRenegotiation(name));
            }
        } else {
            findings.add(TlsErrors.invalidFlag(name, layer, similar(name.value())));
        }
    }

    private Optional<String> similar(String word) {
        List<String> words = new ArrayList<>(versions.keySet());
        words.addAll(dialect == Dialect.CURRENT
                ? List.of("ca", "cipher-server-preference", "ciphers", "client", "client-renegotiation", "ecdhe", "edh",
                        "keypair", "session")
                : List.of("ca", "ciphers", "session"));
        return SimilarNames.nearest(word, words);
    }

    private void checkSize(Count size) {
        if (size.value() < 0) {
            findings.add(TlsErrors.sessionCache(size));
        } else if (size.value() > 0 && dialect == Dialect.V5_1) {
            findings.add(TlsErrors.cacheOfLibrary(size));
        }
    }

    private void sessionCache(Span setting, SessionCache cache, TlsDraft draft) {
        switch (dialect) {
            case V5_1 -> draft.sessionCache = cache;
            case CURRENT -> findings.add(TlsErrors.noSessionCache(setting));
        }
    }

    private void keypair(Text name, TlsDraft draft) {
        if (Limits.exceeds(name.value(), Limits.PATH)) {
            findings.add(TlsErrors.tooLong(name, "keypair name too long", Limits.PATH));
        }
        draft.keypairs.add(name.value());
        draft.files.put(name.value(), name.span());
    }

    private Optional<String> path(Text path, String what, TlsDraft draft) {
        draft.files.put(path.value(), path.span());
        return Optional.of(limited(path, what, Limits.PATH));
    }

    private String limited(Text text, String what, int limit) {
        if (Limits.exceeds(text.value(), limit)) {
            findings.add(TlsErrors.tooLong(text, layer.equals("SSL") ? "ssl" + what : "tls" + what, limit));
        }
        return text.value();
    }

    private void edh(Span setting, Optional<Text> params, TlsDraft draft) {
        draft.edh = params.map(this::params).orElse("auto");
        if (draft.edh.equals("auto") || draft.edh.equals("legacy")) {
            findings.add(TlsErrors.noFiniteFields(setting));
        }
    }

    private String params(Text params) {
        switch (params.value()) {
            case "none", "auto", "legacy" -> {
                // These are the three that the TLS library has.
            }
            default -> findings.add(TlsErrors.unknownParams(params));
        }
        return params.value();
    }

    /** The library of those years had auto and none beside the names of curves. */
    private void ecdh(Span setting, Text curve, TlsDraft draft) {
        if (curve.value().equals("auto") || curve.value().equals("none")) {
            findings.add(TlsErrors.ecdh(setting));
        } else {
            findings.add(TlsErrors.ecdhCurve(setting, curve));
            ecdhe(curve, draft);
        }
    }

    private void ecdhe(Text curves, TlsDraft draft) {
        draft.ecdhe = limited(curves, "ecdhecurves truncated", Limits.CURVES);
        draft.groupsPlace = Optional.of(curves.span());
        groups.check(curves);
    }
}
