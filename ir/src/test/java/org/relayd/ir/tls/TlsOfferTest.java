package org.relayd.ir.tls;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.relayd.ir.config.TlsSettings;
import org.relayd.ir.term.Dialect;
import org.relayd.ir.term.TlsVersion;

class TlsOfferTest {
    @Test
    void bothDialectsOfferTheTwoNewestVersionsByDefault() {
        for (Dialect dialect : Dialect.values()) {
            TlsOffer offer = TlsOffer.of(TlsSettings.defaults(dialect));
            assertEquals(Set.of(TlsVersion.TLSV1_2, TlsVersion.TLSV1_3), offer.versions());
            assertEquals(10, offer.suites().size());
            assertEquals(List.of(), offer.groups());
        }
    }

    @Test
    void versionsWithoutASuiteAreNotOffered() {
        TlsOffer offer = TlsOffer.of(settings(List.of(TlsVersion.TLSV1_0, TlsVersion.TLSV1_2, TlsVersion.TLSV1_3),
                "TLS_AES_128_GCM_SHA256", "default"));
        assertEquals(Set.of(TlsVersion.TLSV1_3), offer.versions());
        assertEquals("", offer.cipherText());
    }

    @Test
    void groupsAreReadUnderAllTheirNames() {
        assertEquals(List.of(KeyGroup.X25519MLKEM768, KeyGroup.P_256, KeyGroup.P_384),
                TlsOffer.of(settings(List.of(TlsVersion.TLSV1_3), "HIGH", "x25519mlkem768:secp256r1, P-384,P-256,X448"))
                        .groups());
    }

    private static TlsSettings settings(List<TlsVersion> versions, String ciphers, String ecdhe) {
        TlsSettings usual = TlsSettings.defaults(Dialect.CURRENT);
        return new TlsSettings(versions, ciphers, ecdhe, "none", true, false, false, usual.sessionCache(),
                Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), List.of());
    }
}
