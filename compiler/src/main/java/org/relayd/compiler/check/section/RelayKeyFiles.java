package org.relayd.compiler.check.section;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.relayd.compiler.check.lookup.KeyFiles;
import org.relayd.compiler.check.section.RelayDraft.Listen;
import org.relayd.compiler.check.state.Findings;
import org.relayd.ir.config.Relay.KeyPairFiles;
import org.relayd.ir.config.TlsSettings;
import org.relayd.ir.config.TlsSettings.CaKey;
import org.relayd.ir.source.Span;
import org.relayd.ir.term.ProtocolType;

/** Finds the certificates, keys and CA files of relays that speak TLS. relayd.conf(5): FILES. */
final class RelayKeyFiles {
    private final KeyFiles files;
    private final Findings findings;

    RelayKeyFiles(KeyFiles files, Findings findings) {
        this.files = files;
        this.findings = findings;
    }

    /**
     * Checks what a relay needs to speak TLS with its targets.
     *
     * @param closing
     *            end of the section, where OpenBSD notices
     */
    void checkTargetSide(RelayDraft draft, Span closing) {
        if (draft.withTls.isPresent()) {
            missingCa(draft.protocol.tls()).ifPresent(path -> findings.add(
                    RelayErrors.missingCertificates(draft.name.value(), closing, draft.withTls.get(), path)));
        }
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
        if (tls.clientCa().isPresent() && !files.isThere(tls.clientCa().get())) {
            findings.add(RelayErrors.missingCertificates(relay, closing, listen.line(), tls.clientCa().get()));
            return List.of();
        }
        if (tls.keypairs().isEmpty()) {
            return ofAddress(relay, listen, closing);
        }
        if (!listen.equals(draft.listens.getFirst())) {
            findings.add(RelayErrors.keypairForFurtherListen(relay, listen.line()));
        }
        return named(tls.keypairs(), relay, listen, closing);
    }

    private List<KeyPairFiles> ofAddress(String relay, Listen listen, Span closing) {
        String address = listen.address().toString();
        Optional<KeyPairFiles> pair = files.find(address, listen.port());
        if (pair.isEmpty()) {
            findings.add(RelayErrors.missingCertificates(relay, closing, listen.line(),
                    "/etc/ssl/" + address + ".crt and /etc/ssl/private/" + address + ".key"));
        }
        return pair.map(List::of).orElse(List.of());
    }

    private List<KeyPairFiles> named(List<String> names, String relay, Listen listen, Span closing) {
        List<KeyPairFiles> pairs = new ArrayList<>(names.size());
        for (String name : names) {
            Optional<KeyPairFiles> pair = files.find(name, listen.port());
            if (pair.isEmpty()) {
                findings.add(RelayErrors.missingKeypair(name, relay, closing, listen.line()));
                return List.of();
            }
            pairs.add(pair.get());
        }
        return pairs;
    }

    // The files that verify targets, and those that sign certificates for inspection.
    private Optional<String> missingCa(TlsSettings tls) {
        return tls.caFile().filter(path -> !files.isThere(path))
                .or(() -> tls.caCert().filter(path -> !files.isThere(path)))
                .or(() -> tls.caKey().map(CaKey::path).filter(path -> !files.isPrivateKey(path)));
    }
}
