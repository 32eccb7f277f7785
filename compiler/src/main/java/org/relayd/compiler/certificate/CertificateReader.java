package org.relayd.compiler.certificate;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import org.bouncycastle.util.io.pem.PemObject;
import org.bouncycastle.util.io.pem.PemReader;

/**
 * Certificates in PEM: a chain, or a bundle of authorities. What is good and what is not is the same as for the daemon;
 * a test compares the two.
 */
final class CertificateReader {
    private CertificateReader() {}

    /**
     * Reads all certificates of a text, in its order; what stands between them is skipped.
     *
     * @return at least one
     */
    static List<Certificate> read(byte[] text) throws UnusableException {
        List<Certificate> found = new ArrayList<>();
        try (PemReader reader = new PemReader(
                new InputStreamReader(new ByteArrayInputStream(text), StandardCharsets.ISO_8859_1))) {
            CertificateFactory factory = CertificateFactory.getInstance("X.509");
            for (PemObject block = reader.readPemObject(); block != null; block = reader.readPemObject()) {
                switch (block.getType()) {
                    case "CERTIFICATE", "X509 CERTIFICATE"
                            -> found.add(certificate(factory, block.getContent(), found.isEmpty()));
                    default -> {
                        // A key may stand in the same file.
                    }
                }
            }
        } catch (IOException | CertificateException | RuntimeException _) {
            // Bouncy Castle and the JDK throw exceptions of any kind at octets of any kind.
            throw new UnusableException("certificate " + (found.size() + 1) + " of the file is cut off or damaged");
        }
        if (found.isEmpty()) {
            throw new UnusableException("no certificate in PEM is in it");
        }
        return List.copyOf(found);
    }

    /** Takes a certificate apart; the names of authorities, of which there can be hundreds, are not asked for. */
    private static Certificate certificate(CertificateFactory factory, byte[] der, boolean first)
            throws CertificateException {
        X509Certificate whole = (X509Certificate) factory.generateCertificate(new ByteArrayInputStream(der));
        if (whole.getPublicKey() == null || whole.getEncoded().length != der.length) {
            throw new CertificateException("octets follow");
        }
        return new Certificate(first ? SubjectNames.of(whole) : List.of(), whole.getNotBefore().toInstant(),
                whole.getNotAfter().toInstant(), whole.getBasicConstraints() >= 0, whole);
    }
}
