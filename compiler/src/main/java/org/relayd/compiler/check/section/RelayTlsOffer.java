package org.relayd.compiler.check.section;

import java.util.Optional;
import org.relayd.compiler.check.protocol.Protocols;
import org.relayd.compiler.check.protocol.TlsPlaces;
import org.relayd.compiler.check.section.RelayDraft.Listen;
import org.relayd.compiler.check.state.Findings;
import org.relayd.ir.config.TlsSettings;
import org.relayd.ir.source.Span;
import org.relayd.ir.tls.CipherList;
import org.relayd.ir.tls.TlsOffer;

/**
 * Looks whether a relay that speaks TLS has something to offer. OpenBSD finds out at start, so a protocol that offers
 * nothing is no error as long as no such relay uses it.
 */
final class RelayTlsOffer {
    private static final String USUAL_GROUPS = "default";

    private final Protocols protocols;
    private final Findings findings;

    RelayTlsOffer(Protocols protocols, Findings findings) {
        this.protocols = protocols;
        this.findings = findings;
    }

    void check(RelayDraft draft) {
        draft.listens.stream().filter(Listen::tls).findFirst().map(Listen::line).or(() -> draft.withTls)
                .ifPresent(line -> check(draft, line));
    }

    private void check(RelayDraft draft, Span line) {
        TlsSettings settings = draft.protocol.tls();
        TlsOffer offer = TlsOffer.of(settings);
        boolean hasVersions = !offer.versions().isEmpty();
        Optional<TlsPlaces> places = protocols.places(draft.protocol);
        String relay = draft.name.value();
        CipherList ciphers = CipherList.read(settings.ciphers());
        if (ciphers.suites().isEmpty() && !(ciphers.isOfNewestOnly() && hasVersions)) {
            findings.add(RelayErrors.nothingToOffer(relay, places.flatMap(TlsPlaces::ciphers), line, "ciphers"));
        } else if (!hasVersions) {
            findings.add(RelayErrors.nothingToOffer(relay, Optional.empty(), line, "versions"));
        }
        if (offer.groups().isEmpty() && !settings.ecdhe().equalsIgnoreCase(USUAL_GROUPS)) {
            findings.add(RelayErrors.nothingToOffer(relay, places.flatMap(TlsPlaces::groups), line, "curves"));
        }
    }
}
