package org.relayd.compiler.check.section;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.relayd.compiler.check.lookup.KeyFiles;
import org.relayd.compiler.check.protocol.Protocols;
import org.relayd.compiler.check.section.RelayDraft.Listen;
import org.relayd.compiler.check.state.Findings;
import org.relayd.ir.config.Relay.KeyPairFiles;
import org.relayd.ir.config.TlsSettings;
import org.relayd.ir.config.TlsSettings.CaKey;
import org.relayd.ir.diagnostic.Audience;
import org.relayd.ir.diagnostic.Diagnostic;
import org.relayd.ir.source.Span;
import org.relayd.ir.term.ProtocolType;

/** Finds the certificates, keys and CA files of relays that speak TLS. relayd.conf(5): FILES. */
final class RelayKeyFiles {
    private final KeyFiles files;
    private final Protocols protocols;
    private final Findings findings;

    RelayKeyFiles(KeyFiles files, Protocols protocols, Findings findings) {
        this.files = files;
        this.protocols = protocols;
        this.findings = findings;
    }

    /**
     * Checks what a relay needs to speak TLS with its targets.
     *
     * @param closing
     *            end of the section, where OpenBSD notices
     */
    void checkTargetSide(RelayDraft draft, Span closing) {
        Missing missing = new Missing(draft, closing);
        TlsSettings tls = draft.protocol.tls();
        draft.withTls.ifPresent(line -> {
            Stream.of(tls.caFile(), tls.caCert()).flatMap(Optional::stream).filter(path -> !files.isThere(path))
                    .forEach(path -> missing.add(path, place -> RelayErrors.missingCertificates(draft.name.value(),
                            place, line, path, path)));
            tls.caKey().map(CaKey::path).filter(path -> !files.isPrivateKey(path))
                    .ifPresent(path -> missing.add(path, place -> RelayErrors.missingCertificates(draft.name.value(),
                            place, line, "private key in " + path, path)));
        });
        if (draft.protocol.type() == ProtocolType.DNS) {
            draft.listens.stream().filter(Listen::tls).findFirst().map(Listen::line).or(() -> draft.withTls)
                    .ifPresent(line -> findings.add(RelayErrors.tlsOverUdp(line,
                            draft.protocolName.orElse(draft.name).span())));
        }
    }

    /**
     * Returns the key pairs that a listen line shows to clients; empty without TLS. What is
     * missing goes to the findings.
     *
     * @param relay
     *            name of the relay that the line makes
     */
    List<KeyPairFiles> find(RelayDraft draft, String relay, Listen listen, Span closing) {
        if (!listen.tls()) {
            return List.of();
        }
        TlsSettings tls = draft.protocol.tls();
        Missing missing = new Missing(draft, closing);
        tls.clientCa().filter(path -> !files.isThere(path)).ifPresent(path -> missing.add(path,
                place -> RelayErrors.missingCertificates(relay, place, listen.line(), path, path)));
        if (tls.keypairs().isEmpty()) {
            return missing.any ? List.of() : ofAddress(relay, listen, closing);
        }
        if (!missing.any && !listen.equals(draft.listens.getFirst())) {
            findings.add(RelayErrors.keypairForFurtherListen(relay, listen.line()));
        }
        return named(tls.keypairs(), relay, listen, missing);
    }

    private List<KeyPairFiles> ofAddress(String relay, Listen listen, Span closing) {
        String address = listen.address().toString();
        Optional<KeyPairFiles> pair = files.find(address, listen.port());
        if (pair.isEmpty()) {
            findings.add(RelayErrors.missingCertificates(relay, closing, listen.line(),
                    files.missing(address, listen.port()), KeyFiles.candidates(address, listen.port())));
        }
        return pair.map(List::of).orElse(List.of());
    }

    private List<KeyPairFiles> named(List<String> names, String relay, Listen listen, Missing missing) {
        List<KeyPairFiles> pairs = new ArrayList<>(names.size());
        for (String name : names) {
            files.find(name, listen.port()).ifPresentOrElse(pairs::add,
                    () -> missing.add(name, place -> RelayErrors.missingKeypair(name, relay, place, listen.line(),
                            files.missing(name, listen.port()), KeyFiles.candidates(name, listen.port()))));
        }
        return missing.any ? List.of() : pairs;
    }

    /** What is missing for one line of a relay: the original tells the first, at the end of the section. */
    private final class Missing {
        private final RelayDraft draft;
        private final Span closing;
        private boolean any;

        Missing(RelayDraft draft, Span closing) {
            this.draft = draft;
            this.closing = closing;
        }

        /** Tells people each at its own line. */
        void add(String file, Function<Span, Diagnostic> error) {
            if (!any) {
                findings.add(error.apply(closing).heardBy(Audience.PROGRAMS));
            }
            any = true;
            findings.add(error.apply(protocols.file(draft.protocol, file)).heardBy(Audience.PEOPLE));
        }
    }
}
