package org.relayd.compiler.check.section;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.relayd.compiler.certificate.FileFault;
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

/**
 * Finds the certificates, keys and CA files of relays that speak TLS, and looks whether they can be used.
 * relayd.conf(5): FILES.
 */
final class RelayKeyFiles {
    private static final String CERTIFICATES = "certificates";

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
     * @param statement
     *            the section, as far as it was checked
     */
    void checkTargetSide(RelayDraft draft, Span closing, Findings.Statement statement) {
        boolean refused = statement.isRefused();
        Missing missing = new Missing(draft, closing, statement);
        TlsSettings tls = draft.protocol.tls();
        draft.withTls.ifPresent(line -> {
            Stream.of(tls.caFile(), tls.caCert()).flatMap(Optional::stream)
                    .forEach(path -> authorities(path, draft.name.value(), line, missing));
            tls.caKey().ifPresent(key -> inspectionKey(key, tls.caCert(), draft.name.value(), line, missing));
        });
        if (draft.protocol.type() == ProtocolType.DNS && !refused) {
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
     * @param statement
     *            what is refused if something is missing
     */
    List<KeyPairFiles> find(RelayDraft draft, String relay, Listen listen, Span closing,
            Findings.Statement statement) {
        if (!listen.tls()) {
            return List.of();
        }
        TlsSettings tls = draft.protocol.tls();
        Missing missing = new Missing(draft, closing, statement);
        tls.clientCa().ifPresent(path -> authorities(path, relay, listen.line(), missing));
        if (tls.keypairs().isEmpty()) {
            return ofAddress(relay, listen, missing);
        }
        if (!statement.isRefused() && !listen.equals(draft.listens.getFirst())) {
            findings.add(RelayErrors.keypairForFurtherListen(relay, listen.line()));
        }
        return named(tls.keypairs(), relay, listen, missing);
    }

    /**
     * Tells people, after a fault of the first listen line, what is missing for the others, which have made no relays
     * yet.
     */
    void tellOthers(RelayDraft draft, Span closing, Findings.Statement statement) {
        if (statement.isRefused() && draft.protocol.tls().keypairs().isEmpty()) {
            Missing missing = new Missing(draft, closing, statement);
            draft.listens.stream().skip(1).filter(Listen::tls)
                    .forEach(listen -> ofAddress(draft.name.value(), listen, missing));
        }
    }

    private void authorities(String path, String relay, Span line, Missing missing) {
        if (!files.isThere(path)) {
            missing.add(path, place -> RelayErrors.missingCertificates(relay, place, line, path, path));
        } else {
            files.files().authorities(path).ifPresent(fault -> missing.add(path,
                    place -> RelayErrors.unusable(CERTIFICATES, relay, place, line, fault)));
        }
    }

    private void inspectionKey(CaKey key, Optional<String> certificate, String relay, Span line, Missing missing) {
        if (!files.isThere(key.path())) {
            missing.add(key.path(), place -> RelayErrors.missingCertificates(relay, place, line,
                    "private key in " + key.path(), key.path()));
            return;
        }
        // A certificate that cannot be used was told before.
        Optional<String> usable = certificate.filter(path -> !files.files().certificates(path).isEmpty());
        Optional<String> password = Optional.of(key.password());
        usable.map(path -> files.files().pair(path, key.path(), password))
                .orElseGet(() -> files.files().key(key.path(), password))
                .ifPresent(fault -> missing.add(key.path(),
                        place -> RelayErrors.unusable(CERTIFICATES, relay, place, line, fault)));
    }

    private List<KeyPairFiles> ofAddress(String relay, Listen listen, Missing missing) {
        String address = listen.address().toString();
        Optional<KeyPairFiles> pair = files.find(address, listen.port());
        if (pair.isEmpty()) {
            missing.add(listen.line(), place -> RelayErrors.missingCertificates(relay, place, listen.line(),
                    files.missing(address, listen.port()), KeyFiles.candidates(address, listen.port())));
        }
        pair.flatMap(this::fault).ifPresent(fault -> missing.add(listen.line(),
                place -> RelayErrors.unusable(CERTIFICATES, relay, place, listen.line(), fault)));
        return pair.map(List::of).orElse(List.of());
    }

    private List<KeyPairFiles> named(List<String> names, String relay, Listen listen, Missing missing) {
        List<KeyPairFiles> pairs = new ArrayList<>(names.size());
        for (String name : names) {
            Optional<KeyPairFiles> pair = files.find(name, listen.port());
            pair.flatMap(this::fault).ifPresent(fault -> missing.add(name,
                    place -> RelayErrors.unusable("keypair " + name, relay, place, listen.line(), fault)));
            pair.ifPresentOrElse(pairs::add,
                    () -> missing.add(name, place -> RelayErrors.missingKeypair(name, relay, place, listen.line(),
                            files.missing(name, listen.port()), KeyFiles.candidates(name, listen.port()))));
        }
        return pairs;
    }

    private Optional<FileFault> fault(KeyPairFiles pair) {
        return files.files().pair(pair.certificate(), pair.key(), Optional.empty());
    }

    /** What is missing for a relay: the original tells the first, at the end of the section. */
    private final class Missing {
        private final RelayDraft draft;
        private final Span closing;
        private final Findings.Statement statement;

        Missing(RelayDraft draft, Span closing, Findings.Statement statement) {
            this.draft = draft;
            this.closing = closing;
            this.statement = statement;
        }

        /** Tells people of a file that the protocol names. */
        void add(String file, Function<Span, Diagnostic> error) {
            add(protocols.file(draft.protocol, file), error);
        }

        /** Tells people each at its own line. */
        void add(Span place, Function<Span, Diagnostic> error) {
            if (!statement.isRefused()) {
                findings.add(error.apply(closing).heardBy(Audience.PROGRAMS));
            }
            findings.add(error.apply(place).heardBy(Audience.PEOPLE));
        }
    }
}
