package org.relayd.runtime.parent.keys;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.math.BigInteger;
import java.time.Instant;
import java.util.Date;
import java.util.Optional;
import java.util.function.Consumer;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.constraints.IntRange;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.ExtensionsGenerator;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x509.Time;
import org.bouncycastle.asn1.x509.V3TBSCertificateGenerator;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.operator.DefaultSignatureAlgorithmIdentifierFinder;
import org.relayd.runtime.tls.LocalKey;
import org.relayd.runtime.tls.TestCertificates;
import org.relayd.runtime.tls.inspect.AuthorityKey;
import org.relayd.runtime.tls.inspect.LeafAuthority;
import org.relayd.runtime.tls.inspect.LeafMaker;
import org.relayd.runtime.tls.inspect.LocalAuthorityKey;

class LeafCheckTest {
    private static final TestCertificates INSPECTOR = TestCertificates.root("Inspector");
    private static final TestCertificates TARGET = TestCertificates.root("Internet").leaf("www.example.com",
            "192.0.2.1");
    private static final LeafCheck CHECK = new LeafCheck(INSPECTOR.certificate(), "SHA256withECDSA");

    /** What the maker of leaves has signed. */
    private static byte[] made() throws Exception {
        try (LocalAuthorityKey own = new LocalAuthorityKey(INSPECTOR.certificate(),
                new LocalKey(INSPECTOR.keys().getPrivate().getEncoded()))) {
            byte[][] seen = new byte[1][];
            AuthorityKey watching = new AuthorityKey() {
                @Override
                public byte[] sign(byte[] content) throws java.io.IOException {
                    seen[0] = content;
                    return own.sign(content);
                }

                @Override
                public void close() {
                    // The test closes it.
                }
            };
            try (LeafMaker maker = new LeafMaker(new LeafAuthority(INSPECTOR.chain(), watching))) {
                maker.make(TARGET.certificate());
            }
            return seen[0];
        }
    }

    /** A certificate that may be signed, until a test changes it. */
    private static final class Leaf {
        X500Name issuer = X500Name.getInstance(INSPECTOR.certificate().getSubjectX500Principal().getEncoded());
        String algorithm = "SHA256withECDSA";
        BigInteger serial = BigInteger.TEN;
        Instant until = INSPECTOR.certificate().getNotAfter().toInstant();
        Optional<BasicConstraints> constraints = Optional.of(new BasicConstraints(false));
        int usage = KeyUsage.digitalSignature;
        ExtendedKeyUsage purpose = new ExtendedKeyUsage(KeyPurposeId.id_kp_serverAuth);
        Optional<Extension> more = Optional.empty();

        byte[] octets() throws Exception {
            V3TBSCertificateGenerator generator = new V3TBSCertificateGenerator();
            generator.setIssuer(issuer);
            generator.setSubject(new X500Name("CN=www.example.com"));
            generator.setSerialNumber(new ASN1Integer(serial));
            generator.setSignature(new DefaultSignatureAlgorithmIdentifierFinder().find(algorithm));
            generator.setStartDate(new Time(Date.from(until.minusSeconds(60))));
            generator.setEndDate(new Time(Date.from(until)));
            generator.setSubjectPublicKeyInfo(
                    SubjectPublicKeyInfo.getInstance(TARGET.certificate().getPublicKey().getEncoded()));
            ExtensionsGenerator extensions = new ExtensionsGenerator();
            if (constraints.isPresent()) {
                extensions.addExtension(Extension.basicConstraints, true, constraints.get());
            }
            extensions.addExtension(Extension.keyUsage, true, new KeyUsage(usage));
            extensions.addExtension(Extension.extendedKeyUsage, false, purpose);
            if (more.isPresent()) {
                extensions.addExtension(more.get());
            }
            generator.setExtensions(extensions.generate());
            return generator.generateTBSCertificate().getEncoded("DER");
        }
    }

    private static void assertFault(String fault, Consumer<Leaf> change) throws Exception {
        Leaf leaf = new Leaf();
        change.accept(leaf);
        assertEquals(Optional.of(fault), CHECK.fault(leaf.octets()));
    }

    @Example
    void whatIsMadeForClientsIsSigned() throws Exception {
        assertEquals(Optional.empty(), CHECK.fault(made()));
        assertEquals(Optional.empty(), CHECK.fault(new Leaf().octets()));
        Leaf without = new Leaf();
        without.constraints = Optional.empty();
        assertEquals(Optional.empty(), CHECK.fault(without.octets()));
    }

    @Example
    void whatGivesPowerIsNot() throws Exception {
        assertFault("it is that of an authority", leaf -> leaf.constraints = Optional.of(new BasicConstraints(true)));
        assertFault("it is that of an authority", leaf -> leaf.constraints = Optional.of(new BasicConstraints(0)));
        assertFault("it may sign certificates", leaf -> leaf.usage |= KeyUsage.keyCertSign);
        assertFault("it may sign certificates", leaf -> leaf.usage |= KeyUsage.cRLSign);
        assertFault("it is not that of a server",
                leaf -> leaf.purpose = new ExtendedKeyUsage(KeyPurposeId.id_kp_codeSigning));
        assertFault("it is not that of a server", leaf -> leaf.purpose = new ExtendedKeyUsage(
                new KeyPurposeId[]{KeyPurposeId.id_kp_serverAuth, KeyPurposeId.id_kp_clientAuth}));
        assertFault("it has an extension that is not signed here", leaf -> leaf.more = Optional
                .of(new Extension(Extension.nameConstraints, true, new byte[]{0x30, 0})));
    }

    @Example
    void whatIsNotOfThisAuthorityIsNot() throws Exception {
        assertFault("it has another issuer", leaf -> leaf.issuer = new X500Name("CN=Inspektor"));
        assertFault("it names another algorithm", leaf -> leaf.algorithm = "SHA256withRSA");
        assertFault("it names another algorithm", leaf -> leaf.algorithm = "SHA1withECDSA");
        assertFault("it is valid for longer than its issuer", leaf -> leaf.until = leaf.until.plusSeconds(1));
        assertFault("its serial number is none", leaf -> leaf.serial = BigInteger.ZERO);
        assertFault("its serial number is none", leaf -> leaf.serial = BigInteger.ONE.negate());
        assertFault("its serial number is none", leaf -> leaf.serial = BigInteger.ONE.shiftLeft(160));
    }

    @Example
    void octetsOfOtherKindsAreNot() {
        assertEquals(Optional.of("it is no certificate"), CHECK.fault(new byte[]{0x30, 0}));
        assertEquals(Optional.of("it is not DER"), CHECK.fault(new byte[]{0x30, (byte) 0x80, 0, 0}));
        assertEquals(Optional.of("it has 131073 octets"), CHECK.fault(new byte[LeafCheck.LONGEST + 1]));
        assertFalse(CHECK.fault(new byte[0]).isEmpty());
        assertFalse(CHECK.fault("hello".getBytes(java.nio.charset.StandardCharsets.US_ASCII)).isEmpty());
    }

    @Property(tries = 500, seed = "2026", shrinking = ShrinkingMode.OFF)
    void damagedCertificatesAreJudgedToo(@ForAll @IntRange(max = 10_000) int at, @ForAll byte other) throws Exception {
        byte[] content = new Leaf().octets();
        content[at % content.length] = other;
        // Whether it is signed or not, nothing is thrown.
        CHECK.fault(content);
    }
}
