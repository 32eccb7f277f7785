package org.relayd.runtime.tls.boringssl;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.netty.internal.tcnative.SSL;
import io.netty.internal.tcnative.SSLContext;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.relayd.ir.term.TlsVersion;
import org.relayd.ir.tls.CipherList;
import org.relayd.ir.tls.CipherSuite;
import org.relayd.ir.tls.KeyGroup;
import org.relayd.runtime.tls.ServerPolicy.CommonPolicy;

/** What configurations are checked against is what the library has: a new release of it may bring other tables. */
class OfferTest {
    private static final List<TlsVersion> OLDER = List.of(TlsVersion.TLSV1_0, TlsVersion.TLSV1_1, TlsVersion.TLSV1_2);

    @BeforeAll
    static void load() {
        assertEquals(Optional.empty(), NativeLibrary.missing());
    }

    @ParameterizedTest
    @ValueSource(strings = {"HIGH:!aNULL", "HIGH:!ADH", "ALL", "DEFAULT", "FIPS", "MEDIUM:HIGH",
            "HIGH:!AES128:!kRSA:!aNULL", "kECDHE", "kEECDH", "ECDHE", "EECDH", "ECDH", "aRSA", "aECDSA", "ECDSA",
            "TLSv1.2", "TLSv1", "SSLv3", "AES128", "AES256", "AES", "AESGCM", "CHACHA20", "SHA", "SHA1",
            "ECDHE+aRSA+AESGCM", "EECDH+AESGCM:EDH+AESGCM", "HIGH,!ECDSA", "HIGH !ECDSA", "HIGH;!ECDSA",
            "HIGH:+AES256", "HIGH:@STRENGTH", "CHACHA20:HIGH", "HIGH:-ECDSA:ECDSA", "HIGH:ECDHE-RSA-AES128-SHA256",
            "ECDHE-RSA-AES128-SHA256:!AES128:HIGH", "ECDHE-RSA-AES128-SHA256:!SHA256:!TLSv1.2:HIGH",
            "ECDHE-RSA-AES128-SHA256:-aRSA:HIGH", "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256",
            "TLS_AES_128_GCM_SHA256:AESGCM", "HIGH:FOO:!BAR", "ECDHE+FOO:AESGCM", "AES256+SHA:AES128+SHA"})
    void listChoosesWhatTheLibraryChooses(String list) throws Exception {
        assertEquals(List.of(ciphers(list)), CipherList.read(list).suites().stream().map(CipherSuite::word).toList());
    }

    @Test
    void everySuiteIsKnownByItsName() throws Exception {
        for (CipherSuite suite : CipherSuite.values()) {
            assertEquals(List.of(suite.word()), List.of(ciphers(suite.word())));
            assertEquals(List.of(suite.word()), List.of(ciphers(suite.tlsName())));
        }
    }

    @Test
    void groupsThatAreOfferedAreThoseThatTheLibraryHas() throws Exception {
        long context = SSLContext.make(SSL.SSL_PROTOCOL_TLSV1_2 | SSL.SSL_PROTOCOL_TLSV1_3, SSL.SSL_MODE_SERVER);
        try {
            for (KeyGroup group : KeyGroup.values()) {
                assertEquals(group.isOffered(), SSLContext.setCurvesList(context, group.word()), group::word);
                SSL.clearError();
            }
        } finally {
            SSLContext.free(context);
        }
    }

    @Test
    void newestVersionAloneNeedsNoList() throws Exception {
        long context = ContextSettings.make(new CommonPolicy(Set.of(TlsVersion.TLSV1_3), "", List.of()),
                SSL.SSL_MODE_SERVER);
        try {
            assertEquals(0, SSL.getLastErrorNumber());
        } finally {
            SSLContext.free(context);
        }
    }

    /** Returns what a context with a list offers below TLS 1.3. */
    private static String[] ciphers(String list) throws Exception {
        long context = ContextSettings.make(new CommonPolicy(Set.copyOf(OLDER), list, List.of()),
                SSL.SSL_MODE_SERVER);
        try {
            long ssl = SSL.newSSL(context, true);
            try {
                return SSL.getCiphers(ssl);
            } finally {
                SSL.freeSSL(ssl);
            }
        } finally {
            SSLContext.free(context);
        }
    }
}
