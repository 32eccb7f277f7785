package org.relayd.runtime.tls.boringssl;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.relayd.ir.term.TlsVersion;
import org.relayd.runtime.tls.EngineFixture;
import org.relayd.runtime.tls.Identity;
import org.relayd.runtime.tls.LocalKey;
import org.relayd.runtime.tls.SslEngineEnd;
import org.relayd.runtime.tls.StreamEnd;
import org.relayd.runtime.tls.TestCertificates;
import org.relayd.runtime.tls.TestCertificates.KeyKind;
import org.relayd.runtime.tls.TestCertificates.Wanted;
import org.relayd.runtime.tls.TlsEngine;
import org.relayd.runtime.tls.TlsEngine.Context;
import org.relayd.runtime.tls.TlsException;
import org.relayd.runtime.tls.TlsStream.State;
import org.relayd.runtime.tls.boringssl.Census.Kind;
import org.relayd.runtime.tls.libcrypto.LibCrypto;
import org.relayd.runtime.tls.libcrypto.LibCrypto.Availability;

/** Handshakes in which libcrypto signs, on any processor, and those in which it must not. */
class FasterKeysTest extends EngineFixture {
    private static final TestCertificates RSA = ROOT.leaf(Wanted.of("www.example.com").with(KeyKind.RSA));

    private final List<String> log = new ArrayList<>();
    private final BoringSsl engine = Engines.make(keys(LibCrypto::load, library -> true));

    @BeforeAll
    static void needsTheLibrary() {
        assumeTrue(LibCrypto.load() instanceof Availability.Available, "no libcrypto");
    }

    private FasterKeys keys(Supplier<Availability> source, Predicate<LibCrypto> faster) {
        return new FasterKeys(source, faster, line -> log.add(line.get()));
    }

    @Override
    protected TlsEngine engine() {
        return engine;
    }

    @AfterEach
    void nothingIsLeft() {
        closeAll();
        Engines.assertNothingIsLeft(engine);
    }

    private int keys() {
        return engine.census().alive(Kind.KEY);
    }

    @ParameterizedTest
    @EnumSource(value = TlsVersion.class, names = {"TLSV1_0", "TLSV1_1", "TLSV1_2", "TLSV1_3"})
    void libcryptoSignsForEachVersion(TlsVersion version) {
        Context server = server(serving(common(version), RSA.identity()));
        assertEquals(1, keys());
        Connection made = connect(client(common(version), Optional.empty()).towards("www.example.com"), server);
        assertEquals(State.OPEN, made.server().stream().state());
        made.echo();
    }

    @Test
    void handshakeDoesNotWait() {
        Context server = server(serving(modern(), RSA.identity()));
        StreamEnd to = new StreamEnd(server);
        StreamEnd from = new StreamEnd(client());
        afterwards(to::release);
        afterwards(from::release);
        from.begin();
        to.take(from.carry(Integer.MAX_VALUE));
        from.take(to.carry(Integer.MAX_VALUE));
        to.take(from.carry(Integer.MAX_VALUE));
        assertEquals(State.OPEN, to.stream().state());
    }

    private static SSLEngine jdk(String protocol, String... schemes) {
        SSLEngine client = SslEngineEnd.engine(true);
        SSLParameters parameters = client.getSSLParameters();
        parameters.setProtocols(new String[]{protocol});
        if (schemes.length > 0) {
            parameters.setSignatureSchemes(schemes);
        }
        client.setSSLParameters(parameters);
        return client;
    }

    private String shownTo(SSLEngine client, Context server) throws SSLException {
        assertEquals(State.OPEN, connect(new SslEngineEnd(client), server).stream().state());
        return ((X509Certificate) client.getSession().getPeerCertificates()[0]).getPublicKey().getAlgorithm();
    }

    @ParameterizedTest
    @ValueSource(strings = {"rsa_pss_rsae_sha256", "rsa_pss_rsae_sha384", "rsa_pss_rsae_sha512", "rsa_pkcs1_sha256",
            "rsa_pkcs1_sha384", "rsa_pkcs1_sha512"})
    void jdkVerifiesEachScheme(String scheme) throws SSLException {
        Context server = server(serving(modern(), RSA.identity()));
        // The certificate itself is signed with ECDSA.
        assertEquals("RSA", shownTo(jdk("TLSv1.2", scheme, "ecdsa_secp256r1_sha256"), server));
        if (scheme.contains("pss")) {
            assertEquals("RSA", shownTo(jdk("TLSv1.3", scheme, "ecdsa_secp256r1_sha256"), server));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void orderOfTwoKindsStays(String protocol) throws SSLException {
        String[] old = {"rsa_pss_rsae_sha256", "rsa_pkcs1_sha256"};
        Context ellipticFirst = server(serving(modern(), LEAF.identity(), RSA.identity()));
        assertEquals("EC", shownTo(jdk(protocol), ellipticFirst));
        assertEquals("RSA", shownTo(jdk(protocol, old), ellipticFirst));
        Context rsaFirst = server(serving(modern(), RSA.identity(), LEAF.identity()));
        assertEquals("RSA", shownTo(jdk(protocol), rsaFirst));
        assertEquals("EC", shownTo(jdk(protocol, "ecdsa_secp256r1_sha256"), rsaFirst));
        assertEquals(2, keys());
    }

    @Test
    void orderIsThatOfAnEngineOfOneLibrary() throws SSLException {
        Context one = oneLibrary(() -> new Availability.Missing("none"), library -> true);
        Context two = server(serving(modern(), RSA.identity(), LEAF.identity()));
        assertEquals(shownTo(jdk("TLSv1.3"), one), shownTo(jdk("TLSv1.3"), two));
    }

    private Context oneLibrary(Supplier<Availability> source, Predicate<LibCrypto> faster) {
        BoringSsl other = Engines.make(keys(source, faster));
        try {
            Context context = other.server(serving(modern(), RSA.identity(), LEAF.identity()));
            afterwards(() -> {
                context.close();
                Engines.assertNothingIsLeft(other);
            });
            assertEquals(0, other.census().alive(Kind.KEY));
            return context;
        } catch (TlsException refused) {
            throw new IllegalStateException(refused);
        }
    }

    @Test
    void withoutTheLibraryTheEngineSigns() {
        connect(client(), oneLibrary(() -> LibCrypto.load(List.of("libcrypto-of-nobody.so.0")), library -> true))
                .echo();
        assertTrue(log.getFirst().startsWith("RSA-2048 signatures: BoringSSL; cannot load "), log::toString);
    }

    @Test
    void withoutGainTheEngineSigns() {
        connect(client(), oneLibrary(LibCrypto::load, library -> false)).echo();
        assertTrue(log.getFirst().endsWith(" is not faster on this processor"), log::toString);
    }

    @Test
    void libraryIsLoadedOnceAndForRsaOnly() {
        List<String> loads = new ArrayList<>();
        FasterKeys faster = keys(() -> {
            loads.add("load");
            return LibCrypto.load();
        }, library -> true);
        LocalKey elliptic = ((Identity.Key.Local) LEAF.identity().key()).key();
        assertEquals(Optional.empty(), faster.of(LEAF.identity(), elliptic));
        assertEquals(List.of(), loads);
        LocalKey rsa = ((Identity.Key.Local) RSA.identity().key()).key();
        faster.of(RSA.identity(), rsa).orElseThrow().close();
        faster.of(RSA.identity(), rsa).orElseThrow().close();
        assertEquals(List.of("load"), loads);
        assertEquals(1, log.size());
        assertTrue(log.getFirst().startsWith("RSA-2048 signatures: OpenSSL "), log::toString);
    }

    @Test
    void wrongKeysAreRefusedAsEver() {
        TestCertificates other = ROOT.leaf(Wanted.of("www.example.com").with(KeyKind.RSA));
        for (Identity.Key wrong : List.of(other.identity().key(), LEAF.identity().key(),
                new Identity.Key.Local(new LocalKey(new byte[1200])))) {
            Identity identity = new Identity(RSA.chain(), wrong, Optional.empty(), List.of());
            assertThrows(TlsException.class, () -> engine.server(serving(modern(), identity)));
            Engines.assertNothingIsLeft(engine);
        }
    }

    @Test
    void shownCertificateIsSignedForToo() throws TlsException {
        Context base = server();
        Context shown = engine.showing(base, RSA.identity());
        assertEquals(1, keys());
        base.close();
        Connection made = connect(client(), shown);
        shown.close();
        assertEquals(1, keys());
        made.echo();
        made.close();
        assertEquals(0, keys());
    }

    @Test
    void keyLivesAsLongAsTheLastStreamOfItsContext() {
        Context server = server(serving(modern(), RSA.identity()));
        StreamEnd to = new StreamEnd(server);
        StreamEnd from = new StreamEnd(client());
        from.begin();
        server.close();
        assertEquals(1, keys());
        to.take(from.carry(Integer.MAX_VALUE));
        from.take(to.carry(Integer.MAX_VALUE));
        assertEquals(State.OPEN, from.stream().state());
        from.release();
        to.release();
        assertEquals(0, keys());
    }
}
