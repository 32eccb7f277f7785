package org.relayd.fuzz;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.bouncycastle.asn1.ASN1Primitive;
import org.bouncycastle.asn1.DERBitString;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.x509.TBSCertificate;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.relayd.runtime.Log;
import org.relayd.runtime.parent.door.PlanAuthority;
import org.relayd.runtime.parent.keys.KeyKeeper;
import org.relayd.runtime.parent.keystream.GarbageException;
import org.relayd.runtime.parent.keystream.SignatureAnswer;
import org.relayd.runtime.parent.keystream.SignatureRequest;
import org.relayd.runtime.parent.message.Reply;
import org.relayd.runtime.parent.message.Request;
import org.relayd.runtime.tls.OctetString;
import org.relayd.runtime.tls.TestCertificates;

/** What a worker that somebody has taken over says where keys are, and what it would believe of its parent. */
class KeyStreamFuzzTest {
    private static final TestCertificates AUTHORITY = TestCertificates.root("Inspector");
    private static final KeyKeeper KEEPER = new KeyKeeper(() -> {
        throw new IOException("no streams");
    }, new Quiet(), System::nanoTime);
    private static final int NUMBER = open();

    /** A log that nobody reads. */
    private static final class Quiet implements Log {
        @Override
        public void info(String line) {
            // Nobody reads it.
        }

        @Override
        public void warn(String line) {
            // Nobody reads it.
        }

        @Override
        public void debug(Supplier<String> line) {
            // Nobody reads it.
        }
    }

    private static int open() {
        try {
            Path folder = Files.createTempDirectory("keys");
            Path certificate = Files.writeString(folder.resolve("ca.crt"), AUTHORITY.certificatePem());
            Path key = Files.writeString(folder.resolve("ca.key"), AUTHORITY.keyPem());
            Request.OpenAuthority request = new Request.OpenAuthority(key.toString(),
                    new OctetString(AUTHORITY.certificate().getEncoded()));
            Reply reply = KEEPER.answer(request,
                    Set.of(new PlanAuthority(key.toString(), certificate.toString(), ""))).reply();
            Files.delete(certificate);
            Files.delete(key);
            Files.delete(folder);
            return ((Reply.Key) reply).number();
        } catch (IOException | CertificateException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** Requests, to begin with. */
    static Stream<Arguments> requests() {
        ByteBuffer two = ByteBuffer.allocate(400);
        assertTrue(new SignatureRequest(1, 2, 0x0403, new byte[130]).write(two));
        assertTrue(new SignatureRequest(-1, 7, 0x0804, new byte[146]).write(two));
        return Stream.of(Arguments.of(Arrays.copyOf(two.array(), two.position())));
    }

    @MethodSource("requests")
    @FuzzTest(maxDuration = "5m")
    void request(byte[] octets) {
        ByteBuffer in = ByteBuffer.wrap(octets);
        ByteBuffer again = ByteBuffer.allocate(octets.length);
        try {
            for (Optional<SignatureRequest> next = SignatureRequest.read(in); next
                    .isPresent(); next = SignatureRequest.read(in)) {
                assertTrue(next.get().isWritable());
                assertTrue(next.get().write(again));
            }
            assertTrue(in.remaining() < SignatureRequest.LONGEST);
        } catch (GarbageException garbage) {
            assertTrue(in.remaining() >= SignatureRequest.HEADER);
        }
        assertArrayEquals(Arrays.copyOf(octets, in.position()), Arrays.copyOf(again.array(), again.position()));
    }

    /** Answers, to begin with. */
    static Stream<Arguments> answers() {
        ByteBuffer two = ByteBuffer.allocate(400);
        assertTrue(new SignatureAnswer(1, Optional.of(new byte[71])).write(two));
        assertTrue(new SignatureAnswer(2, Optional.empty()).write(two));
        return Stream.of(Arguments.of(Arrays.copyOf(two.array(), two.position())));
    }

    @MethodSource("answers")
    @FuzzTest(maxDuration = "5m")
    void answer(byte[] octets) {
        ByteBuffer in = ByteBuffer.wrap(octets);
        ByteBuffer again = ByteBuffer.allocate(octets.length);
        try {
            for (Optional<SignatureAnswer> next = SignatureAnswer.read(in); next
                    .isPresent(); next = SignatureAnswer.read(in)) {
                assertTrue(next.get().write(again));
            }
            assertTrue(in.remaining() < SignatureAnswer.LONGEST);
        } catch (GarbageException garbage) {
            assertTrue(in.remaining() >= SignatureAnswer.HEADER);
        }
        assertArrayEquals(Arrays.copyOf(octets, in.position()), Arrays.copyOf(again.array(), again.position()));
    }

    /** What is signed of certificates, to begin with: of servers, clients and authorities. */
    static Stream<Arguments> certificates() throws CertificateException {
        return Stream.of(AUTHORITY.leaf("www.example.com"), AUTHORITY.leaf(TestCertificates.Wanted.of("a").client()),
                AUTHORITY.intermediate("Below")).map(made -> {
                    try {
                        return Arguments.of(made.certificate().getTBSCertificate());
                    } catch (CertificateException impossible) {
                        throw new IllegalStateException(impossible);
                    }
                });
    }

    @MethodSource("certificates")
    @FuzzTest(maxDuration = "5m")
    void certificate(byte[] octets) throws IOException {
        byte[] signature;
        try {
            signature = ((Reply.Octets) KEEPER
                    .answer(new Request.SignLeaf(NUMBER, new OctetString(octets)), Set.of()).reply()).content()
                    .toArray();
        } catch (IOException refused) {
            return;
        }
        assertHarmless(octets, signature);
    }

    /** Whoever reads what was signed reads the certificate of a server, or nothing. */
    private static void assertHarmless(byte[] content, byte[] signature) throws IOException {
        X509Certificate read;
        try {
            byte[] whole = new DERSequence(List.of(ASN1Primitive.fromByteArray(content),
                    TBSCertificate.getInstance(content).getSignature(), new DERBitString(signature))
                    .toArray(org.bouncycastle.asn1.ASN1Encodable[]::new)).getEncoded();
            read = (X509Certificate) CertificateFactory.getInstance("X.509")
                    .generateCertificate(new ByteArrayInputStream(whole));
        } catch (CertificateException unreadable) {
            return;
        }
        assertEquals(AUTHORITY.certificate().getSubjectX500Principal(), read.getIssuerX500Principal());
        assertEquals(-1, read.getBasicConstraints());
        assertTrue(!read.getNotAfter().toInstant().isAfter(AUTHORITY.certificate().getNotAfter().toInstant()));
    }
}
