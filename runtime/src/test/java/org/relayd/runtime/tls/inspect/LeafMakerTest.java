package org.relayd.runtime.tls.inspect;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.security.KeyPairGenerator;
import java.security.cert.CertPathValidator;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateFactory;
import java.security.cert.PKIXParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.relayd.runtime.tls.Identity;
import org.relayd.runtime.tls.LocalKey;
import org.relayd.runtime.tls.TestCertificates;
import org.relayd.runtime.tls.TestCertificates.KeyKind;
import org.relayd.runtime.tls.TestCertificates.Wanted;
import org.relayd.runtime.tls.TlsException;

class LeafMakerTest {
    private static final String[] NAMES = {"www.example.com", "*.Example.org", "192.0.2.1", "2001:db8::1"};

    private final TestCertificates internet = TestCertificates.root("Internet");

    static LeafAuthority authority(TestCertificates from) throws TlsException {
        List<X509Certificate> chain = new ArrayList<>(from.chain());
        return new LeafAuthority(chain,
                new LocalAuthorityKey(from.certificate(), new LocalKey(from.keys().getPrivate().getEncoded())));
    }

    private static X509Certificate leaf(Identity identity) {
        return identity.chain().getFirst();
    }

    private static void validate(Identity identity, TestCertificates root) throws Exception {
        PKIXParameters parameters = new PKIXParameters(Set.of(new TrustAnchor(root.certificate(), null)));
        parameters.setRevocationEnabled(false);
        CertPathValidator.getInstance("PKIX").validate(
                CertificateFactory.getInstance("X.509").generateCertPath(identity.chain()), parameters);
    }

    @ParameterizedTest
    @EnumSource
    void whoTrustsTheAuthorityTrustsTheLeaf(KeyKind kind) throws Exception {
        TestCertificates own = TestCertificates.root("Inspector",
                Wanted.of().with(kind).between(Instant.now().minusSeconds(60), Instant.now().plusSeconds(999)));
        X509Certificate target = internet.leaf(Wanted.of(NAMES).with(kind)).certificate();
        Identity made = new LeafMaker(authority(own)).make(target);
        validate(made, own);
        assertEquals(1, made.chain().size(), "the root is not shown");
        assertEquals(List.of("www.example.com", "*.example.org"), made.names());
        assertEquals("CN=Inspector", leaf(made).getIssuerX500Principal().getName());
        assertEquals(target.getSubjectX500Principal(), leaf(made).getSubjectX500Principal());
        assertEquals(List.copyOf(target.getSubjectAlternativeNames()),
                List.copyOf(leaf(made).getSubjectAlternativeNames()));
        assertEquals(-1, leaf(made).getBasicConstraints());
        assertEquals(List.of("1.3.6.1.5.5.7.3.1"), leaf(made).getExtendedKeyUsage());
        assertTrue(leaf(made).getKeyUsage()[0]);
    }

    @Test
    void authorityBelowARootIsShownToo() throws Exception {
        TestCertificates root = TestCertificates.root("Root");
        TestCertificates own = root.intermediate("Inspector");
        Identity made = new LeafMaker(authority(own)).make(internet.leaf(NAMES).certificate());
        assertEquals(List.of(leaf(made), own.certificate()), made.chain());
        validate(made, root);
    }

    @Test
    void keyIsOneForAllLeavesAndNotTheTargets() throws Exception {
        LeafMaker maker = new LeafMaker(authority(TestCertificates.root("Inspector")));
        TestCertificates target = internet.leaf("a.example.com");
        Identity one = maker.make(target.certificate());
        Identity other = maker.make(internet.leaf("b.example.com").certificate());
        assertEquals(leaf(one).getPublicKey(), leaf(other).getPublicKey());
        assertEquals(one.key(), other.key());
        assertNotEquals(target.keys().getPublic(), leaf(one).getPublicKey());
        assertNotEquals(leaf(one).getSerialNumber(), leaf(maker.make(target.certificate())).getSerialNumber());
    }

    @Test
    void datesAreTheTargetsCutToThoseOfTheAuthority() throws Exception {
        Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
        TestCertificates own = TestCertificates.root("Inspector",
                Wanted.of().between(now.minusSeconds(600), now.plusSeconds(600)));
        LeafMaker maker = new LeafMaker(authority(own));
        X509Certificate inside = leaf(maker.make(internet
                .leaf(Wanted.of("a").between(now.minusSeconds(60), now.plusSeconds(60))).certificate()));
        assertEquals(now.minusSeconds(60), inside.getNotBefore().toInstant());
        assertEquals(now.plusSeconds(60), inside.getNotAfter().toInstant());
        X509Certificate longer = leaf(maker.make(internet
                .leaf(Wanted.of("a").between(now.minusSeconds(6000), now.plusSeconds(6000))).certificate()));
        assertEquals(now.minusSeconds(600), longer.getNotBefore().toInstant());
        assertEquals(now.plusSeconds(600), longer.getNotAfter().toInstant());
    }

    @Test
    void expiredTargetHasAnExpiredLeaf() throws Exception {
        LeafMaker old = new LeafMaker(authority(TestCertificates.root("Inspector")));
        X509Certificate target = internet.leaf(Wanted.of("a").expired()).certificate();
        assertThrows(CertificateExpiredException.class, leaf(old.make(target))::checkValidity);
        LeafMaker young = new LeafMaker(authority(TestCertificates.root("Inspector", Wanted.of().between(Instant.now(),
                Instant.now().plusSeconds(60)))));
        X509Certificate before = leaf(young.make(target));
        assertThrows(CertificateExpiredException.class, before::checkValidity);
        assertEquals(target.getNotAfter(), before.getNotAfter());
    }

    @Test
    void targetWithoutNamesHasALeafWithoutNames() throws Exception {
        Identity made = new LeafMaker(authority(TestCertificates.root("Inspector")))
                .make(internet.leaf().certificate());
        assertNull(leaf(made).getSubjectAlternativeNames());
        assertEquals(List.of(), made.names());
    }

    @Test
    void certificateOfAServerIsNoAuthority() {
        TestCertificates server = internet.leaf("a.example.com");
        TlsException refused = assertThrows(TlsException.class, () -> authority(server));
        assertEquals("the certificate is not that of an authority", refused.getMessage());
    }

    @ParameterizedTest
    @EnumSource
    void keyOfAnotherAuthorityIsRefused(KeyKind kind) throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance(kind.name());
        byte[] other = generator.generateKeyPair().getPrivate().getEncoded();
        TestCertificates own = TestCertificates.root("Inspector");
        TlsException refused = assertThrows(TlsException.class,
                () -> new LocalAuthorityKey(own.certificate(), new LocalKey(other)));
        assertEquals("certificate and key do not match", refused.getMessage());
        assertFalse(own.chain().isEmpty());
    }

    @Test
    void authorityThatDoesNotSignIsSaid() throws Exception {
        TestCertificates own = TestCertificates.root("Inspector");
        LeafMaker maker = new LeafMaker(authority(own));
        maker.close();
        assertEquals("no signature of the authority: the key signs no more", assertThrows(TlsException.class,
                () -> maker.make(internet.leaf(NAMES).certificate())).getMessage());
    }
}
