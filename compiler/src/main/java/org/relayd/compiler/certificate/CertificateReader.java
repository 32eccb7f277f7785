package org.relayd.compiler.certificate;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.util.io.pem.PemObject;
import org.bouncycastle.util.io.pem.PemReader;

/** Certificates in PEM: a chain, or a bundle of authorities. */
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
            for (PemObject block = reader.readPemObject(); block != null; block = reader.readPemObject()) {
                switch (block.getType()) {
                    case "CERTIFICATE", "X509 CERTIFICATE"
                            -> found.add(certificate(block.getContent(), found.isEmpty()));
                    default -> {
                        // A key may stand in the same file.
                    }
                }
            }
        } catch (IOException | RuntimeException _) {
            // Bouncy Castle throws exceptions of any kind at octets of any kind.
            throw new UnusableException("certificate " + (found.size() + 1) + " of the file is cut off or damaged");
        }
        if (found.isEmpty()) {
            throw new UnusableException("no certificate in PEM is in it");
        }
        return List.copyOf(found);
    }

    /** Takes a certificate apart; the names of authorities, of which there can be hundreds, are not asked for. */
    private static Certificate certificate(byte[] der, boolean first) throws IOException {
        X509CertificateHolder holder = new X509CertificateHolder(der);
        return new Certificate(first ? SubjectNames.of(holder) : List.of(), holder.getNotBefore().toInstant(),
                holder.getNotAfter().toInstant(), isAuthority(holder), holder);
    }

    private static boolean isAuthority(X509CertificateHolder holder) {
        BasicConstraints constraints = BasicConstraints.fromExtensions(holder.getExtensions());
        return constraints != null && constraints.isCA();
    }
}
