package org.relayd.runtime.tls.boringssl;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.security.GeneralSecurityException;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.relayd.ir.term.TlsVersion;
import org.relayd.runtime.tls.EngineFixture;
import org.relayd.runtime.tls.Identity;
import org.relayd.runtime.tls.JoinedEnds;
import org.relayd.runtime.tls.OctetString;
import org.relayd.runtime.tls.Signer;
import org.relayd.runtime.tls.SslEngineEnd;
import org.relayd.runtime.tls.StreamEnd;
import org.relayd.runtime.tls.TestCertificates;
import org.relayd.runtime.tls.TestCertificates.KeyKind;
import org.relayd.runtime.tls.TestCertificates.Wanted;
import org.relayd.runtime.tls.TlsEngine;
import org.relayd.runtime.tls.TlsStream.State;

/** Keys that are elsewhere, and what becomes of a handshake when they do not sign. */
class BoringSslSignerTest extends EngineFixture {
    private static final TestCertificates RSA = ROOT.leaf(Wanted.of("www.example.com").with(KeyKind.RSA));
    private static final byte[] TRY_LATER = {0x30, 0x03, 0x0a, 0x01, 0x03};

    private final BoringSsl engine = Engines.make();

    @Override
    protected TlsEngine engine() {
        return engine;
    }

    @AfterEach
    void nothingIsLeft() {
        closeAll();
        Engines.assertNothingIsLeft(engine);
    }

    private static Identity signedBy(TestCertificates certificate, Signer signer) {
        return new Identity(certificate.chain(), new Identity.Key.Elsewhere(signer),
                Optional.of(new OctetString(TRY_LATER)), List.of("www.example.com"));
    }

    private static byte[] signature(TestCertificates certificate, int scheme, byte[] content) {
        try {
            Signature signature = switch (scheme) {
                case 0x0403 -> Signature.getInstance("SHA256withECDSA");
                case 0x0401 -> Signature.getInstance("SHA256withRSA");
                case 0x0804 -> Signature.getInstance("RSASSA-PSS");
                default -> throw new GeneralSecurityException("scheme " + Integer.toHexString(scheme));
            };
            if (scheme == 0x0804) {
                signature.setParameter(new PSSParameterSpec("SHA-256", "MGF1", MGF1ParameterSpec.SHA256, 32, 1));
            }
            signature.initSign(certificate.keys().getPrivate());
            signature.update(content);
            return signature.sign();
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private Signer atOnce(TestCertificates certificate) {
        return (scheme, content, answer) -> answer.accept(Optional.of(signature(certificate, scheme, content)));
    }

    private Signer later(TestCertificates certificate) {
        return (scheme, content, answer) -> elsewhere
                .execute(() -> answer.accept(Optional.of(signature(certificate, scheme, content))));
    }

    private Connection connected(TlsVersion version, Identity... identities) {
        return connect(client(), server(serving(common(version), identities)));
    }

    @ParameterizedTest
    @EnumSource(value = TlsVersion.class, names = {"TLSV1_2", "TLSV1_3"})
    void signatureMayComeAtOnce(TlsVersion version) {
        connected(version, signedBy(LEAF, atOnce(LEAF))).echo();
        connected(version, signedBy(RSA, atOnce(RSA))).echo();
    }

    @ParameterizedTest
    @EnumSource(value = TlsVersion.class, names = {"TLSV1_2", "TLSV1_3"})
    void signatureMayComeLater(TlsVersion version) {
        connected(version, signedBy(LEAF, later(LEAF))).echo();
        connected(version, signedBy(RSA, later(RSA))).echo();
    }

    @Test
    void signatureMayComeFromAnotherThread() throws Exception {
        List<Thread> threads = new ArrayList<>();
        Signer signer = (scheme, content, answer) -> threads.add(Thread.ofVirtual()
                .start(() -> answer.accept(Optional.of(signature(LEAF, scheme, content)))));
        StreamEnd client = new StreamEnd(client());
        StreamEnd server = new StreamEnd(server(serving(modern(), signedBy(LEAF, signer))));
        JoinedEnds ends = new JoinedEnds(client, server, elsewhere).shake();
        for (Thread thread : threads) {
            thread.join();
        }
        ends.settle();
        assertEquals(State.OPEN, client.stream().state());
        ends.close();
    }

    @Test
    void handshakeWaitsForASignatureThatNeverComes() {
        List<Consumer<Optional<byte[]>>> answers = new ArrayList<>();
        Signer never = (scheme, content, answer) -> answers.add(answer);
        Connection made = connect(client(), server(serving(modern(), signedBy(LEAF, never))));
        assertEquals(State.WAITING, made.server().stream().state());
        assertEquals(State.HANDSHAKE, made.client().stream().state());
        made.close();
        // The answer to somebody who is gone changes nothing, nor does a second one.
        answers.getFirst().accept(Optional.of(new byte[70]));
        answers.getFirst().accept(Optional.empty());
        assertTrue(made.server().turn());
        assertEquals(0, made.server().stream().produced());
    }

    @Test
    void refusedSignatureEndsTheHandshake() {
        Connection made = connect(client(),
                server(serving(modern(),
                        signedBy(LEAF, (scheme, content, answer) -> answer.accept(Optional.empty())))));
        assertEquals("INTERNAL no signature", failed(made.server()));
        assertEquals("ALERT alert internal error", failed(made.client()));
        Signer lateRefusal = (scheme, content, answer) -> elsewhere.execute(() -> answer.accept(Optional.empty()));
        assertEquals("INTERNAL no signature", failed(connected(TlsVersion.TLSV1_2, signedBy(LEAF, lateRefusal))
                .server()));
    }

    @Test
    void signerThatThrowsEndsTheHandshakeOnly() {
        Signer broken = (scheme, content, answer) -> {
            throw new IllegalStateException("broken");
        };
        assertEquals("INTERNAL no signature", failed(connected(TlsVersion.TLSV1_3, signedBy(LEAF, broken)).server()));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 71, 5000})
    void wrongSignatureIsRefusedByTheClient(int length) {
        Signer wrong = (scheme, content, answer) -> answer.accept(Optional.of(new byte[length]));
        Connection made = connected(TlsVersion.TLSV1_3, signedBy(LEAF, wrong));
        assertEquals(State.FAILED, made.client().stream().state());
        assertEquals(State.FAILED, made.server().stream().state());
    }

    @Test
    void streamsThatGoWhileTheirSignatureIsMadeHurtNobody() {
        List<Consumer<Optional<byte[]>>> answers = new ArrayList<>();
        Signer slow = (scheme, content, answer) -> answers.add(answer);
        TlsEngine.Context context = server(serving(modern(), signedBy(LEAF, slow)));
        for (int i = 0; i < 50; i++) {
            connect(client(), context).close();
        }
        answers.forEach(answer -> answer.accept(Optional.of(new byte[70])));
        assertEquals(50, answers.size());
    }

    private static SSLEngine reading(String... schemes) {
        SSLEngine engine = SslEngineEnd.engine(true);
        SSLParameters parameters = engine.getSSLParameters();
        parameters.setSignatureSchemes(schemes);
        engine.setSSLParameters(parameters);
        return engine;
    }

    private String shownTo(SSLEngine client, Identity... identities) throws SSLException {
        StreamEnd end = connect(new SslEngineEnd(client), server(serving(modern(), identities)));
        assertEquals(State.OPEN, end.stream().state());
        assertArrayEquals(TRY_LATER, ((ExtendedSSLSession) client.getSession()).getStatusResponses().getFirst());
        return ((X509Certificate) client.getSession().getPeerCertificates()[0]).getPublicKey().getAlgorithm();
    }

    @Test
    void clientsAlgorithmsChooseTheKind() throws SSLException {
        Identity elliptic = signedBy(LEAF, atOnce(LEAF));
        Identity rsa = signedBy(RSA, atOnce(RSA));
        String[] old = {"rsa_pss_rsae_sha256", "rsa_pkcs1_sha256"};
        assertEquals("EC", shownTo(SslEngineEnd.engine(true), elliptic, rsa));
        assertEquals("EC", shownTo(reading("ecdsa_secp256r1_sha256"), elliptic, rsa));
        assertEquals("RSA", shownTo(reading(old), elliptic, rsa));
        Identity here = new Identity(RSA.chain(), RSA.identity().key(), Optional.of(new OctetString(TRY_LATER)),
                List.of("www.example.com"));
        Identity ellipticHere = new Identity(LEAF.chain(), LEAF.identity().key(),
                Optional.of(new OctetString(TRY_LATER)), List.of("www.example.com"));
        assertEquals("EC", shownTo(SslEngineEnd.engine(true), ellipticHere, here));
        assertEquals("RSA", shownTo(reading(old), ellipticHere, here));
        assertEquals("RSA", shownTo(reading(old), elliptic, here));
        assertEquals("RSA", shownTo(reading(old), ellipticHere, rsa));
    }

    private static SSLEngine speaking(String version, String... suites) {
        SSLEngine engine = SslEngineEnd.engine(true);
        engine.setEnabledProtocols(new String[]{version});
        engine.setEnabledCipherSuites(suites);
        return engine;
    }

    @Test
    void clientsSuitesChooseTheKindBeforeTls13() throws SSLException {
        Identity elliptic = signedBy(LEAF, atOnce(LEAF));
        Identity rsa = signedBy(RSA, atOnce(RSA));
        String[] suites = {"TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256", "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256"};
        for (Identity[] both : new Identity[][]{{elliptic, rsa}, {rsa, elliptic}}) {
            assertEquals("EC", shownTo(speaking("TLSv1.2", suites[0]), both));
            assertEquals("RSA", shownTo(speaking("TLSv1.2", suites[1]), both));
            String first = both[0].equals(rsa) ? "RSA" : "EC";
            assertEquals(first, shownTo(speaking("TLSv1.2", suites), both));
            assertEquals(first, shownTo(speaking("TLSv1.3", "TLS_AES_128_GCM_SHA256"), both));
            assertEquals("EC", shownTo(reading("ecdsa_secp256r1_sha256"), both));
        }
    }
}
