package org.relayd.runtime.tls.trust;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.junit.jupiter.api.Test;
import org.relayd.runtime.tls.TestCertificates;
import org.relayd.runtime.tls.TestCertificates.KeyKind;
import org.relayd.runtime.tls.TestCertificates.Wanted;

class AuthoritiesTest {
    private static final String HOST = "www.example.com";
    private static final TestCertificates ROOT = TestCertificates.root("Test Root");
    private static final TestCertificates MIDDLE = ROOT.intermediate("Test Authority");

    private Instant now = Instant.now();

    private Authorities trusting(CertificatePurpose purpose, X509Certificate... roots) {
        return new Authorities(List.of(roots), purpose, Runnable::run, () -> now);
    }

    private Authorities trusting(X509Certificate... roots) {
        return trusting(CertificatePurpose.SERVER, roots);
    }

    private static void assertRefused(String why, Authorities by, List<X509Certificate> chain, String name) {
        assertEquals(why, assertThrows(CertificateException.class, () -> by.verify(chain, Optional.of(name)))
                .getMessage());
    }

    @Test
    void chainThatLeadsToTheAuthorityIsGood() throws Exception {
        Authorities root = trusting(ROOT.certificate());
        root.verify(ROOT.leaf(HOST).chain(), Optional.of(HOST));
        root.verify(MIDDLE.leaf(HOST).chain(), Optional.of(HOST));
        root.verify(MIDDLE.leaf(Wanted.of(HOST).with(KeyKind.RSA)).chain(), Optional.empty());
        assertEquals(List.of(ROOT.certificate()), root.authorities());
    }

    @Test
    void orderAboveTheOwnCertificateDoesNotMatter() throws Exception {
        TestCertificates leaf = MIDDLE.intermediate("Lower").leaf(HOST);
        List<X509Certificate> chain = new ArrayList<>(leaf.above());
        chain.add(ROOT.certificate());
        chain.add(TestCertificates.root("Stranger").certificate());
        Collections.reverse(chain);
        chain.addFirst(leaf.certificate());
        trusting(ROOT.certificate()).verify(chain, Optional.of(HOST));
    }

    @Test
    void bundleMayHoldAnyPartOfTheWay() throws Exception {
        TestCertificates leaf = MIDDLE.leaf(HOST);
        trusting(TestCertificates.root("Other").certificate(), MIDDLE.certificate()).verify(
                List.of(leaf.certificate()), Optional.of(HOST));
        trusting(leaf.certificate()).verify(List.of(leaf.certificate()), Optional.of(HOST));
        TestCertificates self = TestCertificates.root("self");
        trusting(self.certificate()).verify(self.chain(), Optional.empty());
    }

    @Test
    void strangersAreRefused() {
        TestCertificates stranger = TestCertificates.root("Test Root");
        assertRefused("unknown authority", trusting(ROOT.certificate()),
                TestCertificates.root("Stranger").leaf(HOST).chain(), HOST);
        assertRefused("unknown authority", trusting(ROOT.certificate()), List.of(MIDDLE.leaf(HOST).certificate()),
                HOST);
        assertRefused("unknown authority", trusting(ROOT.certificate()), stranger.leaf(HOST).chain(), HOST);
    }

    @Test
    void certificateThatIsNoAuthoritySignsInVain() {
        TestCertificates leaf = ROOT.leaf(HOST);
        TestCertificates forged = leaf.leaf("bank.example.com");
        assertRefused("unknown authority", trusting(ROOT.certificate()),
                List.of(forged.certificate(), leaf.certificate()), "bank.example.com");
    }

    @Test
    void datesCount() {
        Wanted wanted = Wanted.of(HOST);
        assertRefused("certificate has expired", trusting(ROOT.certificate()), ROOT.leaf(wanted.expired()).chain(),
                HOST);
        assertRefused("certificate is not yet valid", trusting(ROOT.certificate()), ROOT.leaf(
                wanted.between(now.plus(Duration.ofDays(1)), now.plus(Duration.ofDays(2)))).chain(), HOST);
        now = now.plus(Duration.ofDays(3660));
        assertRefused("certificate of its authority has expired", trusting(ROOT.certificate()), MIDDLE.leaf(
                wanted.between(now.minus(Duration.ofDays(1)), now.plus(Duration.ofDays(1)))).chain(), HOST);
    }

    @Test
    void nameCounts() {
        Authorities root = trusting(ROOT.certificate());
        assertRefused("certificate is for www.example.com", root, ROOT.leaf(HOST).chain(), "mail.example.com");
        assertRefused("certificate is for 192.0.2.1", root, ROOT.leaf("192.0.2.1").chain(), "192.0.2.2");
        assertRefused("certificate is for no name", root, ROOT.leaf().chain(), "nobody");
    }

    @Test
    void purposeCounts() throws Exception {
        Authorities clients = trusting(CertificatePurpose.CLIENT, ROOT.certificate());
        assertRefused("certificate is not for clients", clients, ROOT.leaf(HOST).chain(), HOST);
        assertRefused("certificate is not for servers", trusting(ROOT.certificate()),
                ROOT.leaf(Wanted.of(HOST).client()).chain(), HOST);
        clients.verify(ROOT.leaf(Wanted.of(HOST).client()).chain(), Optional.empty());
        clients.verify(ROOT.leaf(Wanted.of(HOST).purpose(Optional.empty())).chain(), Optional.empty());
        clients.verify(ROOT.leaf(Wanted.of(HOST).purpose(Optional.of(KeyPurposeId.anyExtendedKeyUsage))).chain(),
                Optional.empty());
    }

    @Test
    void missingAndEndlessChainsAreRefused() {
        assertRefused("no certificate", trusting(ROOT.certificate()), List.of(), HOST);
        assertRefused("more than 10 certificates", trusting(ROOT.certificate()),
                Collections.nCopies(11, ROOT.leaf(HOST).certificate()), HOST);
    }

    @Test
    void goodChainIsRememberedAsLongAsItIsGood() throws Exception {
        Authorities root = trusting(ROOT.certificate());
        TestCertificates leaf = ROOT.leaf(Wanted.of(HOST).between(now, now.plus(Duration.ofMinutes(5))));
        root.verify(leaf.chain(), Optional.of(HOST));
        now = now.plus(Duration.ofMinutes(4));
        root.verify(leaf.chain(), Optional.of(HOST));
        assertRefused("certificate is for www.example.com", root, leaf.chain(), "mail.example.com");
        now = now.plus(Duration.ofMinutes(2));
        assertRefused("certificate has expired", root, leaf.chain(), HOST);
    }
}
