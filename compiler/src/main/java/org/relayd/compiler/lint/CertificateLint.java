package org.relayd.compiler.lint;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.relayd.compiler.certificate.Certificate;
import org.relayd.compiler.certificate.CertificateFiles;
import org.relayd.ir.config.CheckedConfig;
import org.relayd.ir.config.Relay;
import org.relayd.ir.config.Relay.KeyPairFiles;
import org.relayd.ir.diagnostic.AdviceCode;
import org.relayd.ir.diagnostic.Diagnostic;
import org.relayd.ir.parsed.ParsedConfig;
import org.relayd.ir.parsed.ProtocolDeclaration;
import org.relayd.ir.parsed.Text;
import org.relayd.ir.parsed.TlsSetting;
import org.relayd.ir.source.Span;
import org.relayd.ir.term.TlsVersion;
import org.relayd.ir.tls.TlsOffer;

/** Certificates that a daemon starts with, and that the other ends of its connections will not like. */
final class CertificateLint {
    /** A keypair that is called so is meant for this host; others are names of files. */
    private static final Pattern HOST = Pattern.compile("(?:[A-Za-z0-9_-]+\\.)+(?:[A-Za-z]{2,}|xn--[A-Za-z0-9-]+)");
    /** What may follow the host in the name of a keypair, if there are two of one host: {@code www.example.com.rsa}. */
    private static final Pattern SUFFIX = Pattern.compile("[._-][A-Za-z0-9]+$");

    private final CertificateFiles files;
    private final Optional<Instant> now;
    private final List<Diagnostic> advice = new ArrayList<>();
    private final Set<String> looked = new HashSet<>();

    private CertificateLint(Optional<Instant> now, CertificateFiles files) {
        this.files = files;
        this.now = now;
    }

    static List<Diagnostic> of(ParsedConfig written, CheckedConfig meant, Optional<Instant> now,
            CertificateFiles files) {
        CertificateLint lint = new CertificateLint(now, files);
        Map<String, ProtocolDeclaration> protocols = new HashMap<>();
        Uses.all(written, ProtocolDeclaration.class).forEach(each -> protocols.put(each.name().value(), each));
        for (WrittenRelay each : WrittenRelay.all(written, meant)) {
            Optional<ProtocolDeclaration> protocol = Optional.ofNullable(protocols.get(each.relay().protocol().name()));
            lint.own(each, protocol);
            protocol.ifPresent(found -> lint.authorities(each.relay(), found));
        }
        return lint.advice;
    }

    private void own(WrittenRelay written, Optional<ProtocolDeclaration> protocol) {
        List<String> keypairs = written.relay().protocol().tls().keypairs();
        List<KeyPairFiles> pairs = written.relay().keyPairs();
        for (int i = 0; i < pairs.size(); i++) {
            Optional<String> keypair = keypairs.isEmpty() ? Optional.empty() : Optional.of(keypairs.get(i));
            Span place = protocol.flatMap(found -> keypair.flatMap(name -> place(found, name)))
                    .orElse(written.listen());
            String path = pairs.get(i).certificate();
            if (looked.add(path)) {
                chain(files.certificates(path), path, place);
            }
            keypair.filter(_ -> !isBesideAnother(path, pairs)).filter(name -> looked.add(name + " " + path))
                    .ifPresent(name -> name(name, path, place));
        }
        ciphers(written);
    }

    /** Two keys of one host, ECDSA and RSA, cannot both be called like it: the library finds either by its names. */
    private boolean isBesideAnother(String path, List<KeyPairFiles> pairs) {
        return files.certificates(path).stream().findFirst()
                .filter(own -> pairs.stream()
                        .flatMap(pair -> files.certificates(pair.certificate()).stream().limit(1))
                        .anyMatch(other -> other.hasCurve() != own.hasCurve()
                                && other.names().stream().anyMatch(own::covers)))
                .isPresent();
    }

    /** A certificate takes part in TLS 1.2 and older if there is a cipher for its kind of key. */
    private void ciphers(WrittenRelay written) {
        TlsOffer offer = TlsOffer.of(written.relay().protocol().tls());
        if (offer.suites().isEmpty() || offer.versions().equals(Set.of(TlsVersion.TLSV1_3))) {
            return;
        }
        for (KeyPairFiles pair : written.relay().keyPairs()) {
            files.certificates(pair.certificate()).stream().findFirst()
                    .filter(own -> offer.suites().stream().noneMatch(suite -> suite.isForCurves() == own.hasCurve()))
                    .filter(_ -> looked.add(written.relay().protocol().name() + " " + pair.certificate()))
                    .ifPresent(own -> advice.add(Diagnostic
                            .at(AdviceCode.NO_CIPHER_FOR_KEY, written.listen(),
                                    "no cipher goes with " + pair.certificate() + " before TLS 1.3")
                            .noted("its key is " + (own.hasCurve() ? "ECDSA" : "RSA")
                                    + ", and the list of ciphers has none for that")));
        }
    }

    private static Optional<Span> place(ProtocolDeclaration protocol, String keypair) {
        return protocol.options().stream().filter(TlsSetting.Keypair.class::isInstance)
                .map(TlsSetting.Keypair.class::cast).map(TlsSetting.Keypair::name)
                .filter(name -> name.value().equals(keypair)).map(Text::span).findFirst();
    }

    private void chain(List<Certificate> chain, String path, Span place) {
        for (int i = 0; i < chain.size(); i++) {
            dates(chain.get(i), i == 0 ? path : "certificate " + (i + 1) + " of " + path, place);
        }
        for (int i = 1; i < chain.size(); i++) {
            if (!chain.get(i - 1).isIssuedBy(chain.get(i))) {
                advice.add(Diagnostic
                        .at(AdviceCode.CHAIN_ORDER, place,
                                "certificate " + (i + 1) + " of " + path + " has not signed certificate " + i)
                        .helped("write the own certificate first, then the one that has signed it, and so on"));
                return;
            }
        }
        if (!chain.isEmpty() && !chain.getLast().isSelfIssued() && !chain.getLast().isAuthority()) {
            advice.add(Diagnostic
                    .at(AdviceCode.INCOMPLETE_CHAIN, place, path + " ends with a certificate that others have signed")
                    .noted("clients that do not have the certificate above it cannot verify it")
                    .helped("put the certificates of intermediate authorities after it, as in fullchain.pem"));
        }
    }

    private void dates(Certificate certificate, String what, Span place) {
        if (now.isEmpty()) {
            return;
        }
        if (now.get().isAfter(certificate.until())) {
            advice.add(Diagnostic.at(AdviceCode.CERTIFICATE_DATES, place,
                    what + " expired at " + certificate.until()));
        } else if (now.get().isBefore(certificate.from())) {
            advice.add(Diagnostic.at(AdviceCode.CERTIFICATE_DATES, place,
                    what + " is not valid before " + certificate.from()));
        }
    }

    private void name(String keypair, String path, Span place) {
        List<Certificate> chain = HOST.matcher(keypair).matches() ? files.certificates(path) : List.of();
        if (!chain.isEmpty() && !chain.getFirst().covers(keypair)
                && !chain.getFirst().covers(SUFFIX.matcher(keypair).replaceFirst(""))) {
            List<String> names = chain.getFirst().names();
            advice.add(Diagnostic
                    .at(AdviceCode.UNCOVERED_NAME, place, path + " is not for " + keypair)
                    .noted(names.isEmpty() ? "it is for no host at all: its common name does not count any more"
                            : "it is for " + String.join(", ", names.subList(0, Math.min(names.size(), 5)))
                                    + (names.size() > 5 ? " and " + (names.size() - 5) + " more" : "")));
        }
    }

    /** Looks at what a protocol trusts, as far as a relay of it needs that. */
    private void authorities(Relay relay, ProtocolDeclaration protocol) {
        protocol.options().forEach(option -> {
            switch (option) {
                case TlsSetting.CaFile(Span _, Text path) when relay.forward().tls() -> bundle(path);
                case TlsSetting.ClientCa(Span _, Text path) when relay.tls() -> bundle(path);
                case TlsSetting.CaCert(Span _, Text path) when relay.tls() && relay.forward().tls()
                        -> inspecting(path);
                default -> {
                    // Nothing that could expire.
                }
            }
        });
    }

    private void bundle(Text path) {
        List<Certificate> bundle = looked.add(path.value()) ? files.certificates(path.value()) : List.of();
        if (now.isPresent() && !bundle.isEmpty()
                && bundle.stream().allMatch(certificate -> now.get().isAfter(certificate.until()))) {
            advice.add(Diagnostic.at(AdviceCode.CERTIFICATE_DATES, path.span(),
                    bundle.size() == 1 ? path.value() + " expired at " + bundle.getFirst().until()
                            : "all certificates of " + path.value() + " are expired"));
        }
    }

    private void inspecting(Text path) {
        List<Certificate> found = looked.add(path.value()) ? files.certificates(path.value()) : List.of();
        found.stream().findFirst().ifPresent(certificate -> {
            dates(certificate, path.value(), path.span());
            if (!certificate.isAuthority()) {
                advice.add(Diagnostic
                        .at(AdviceCode.NO_AUTHORITY, path.span(), path.value() + " may not sign other certificates")
                        .noted("no client will take what is signed by it"));
            }
        });
    }
}
