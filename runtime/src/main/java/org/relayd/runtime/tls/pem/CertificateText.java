package org.relayd.runtime.tls.pem;

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
import org.relayd.runtime.tls.TlsException;

/** Certificates in PEM: a chain, or a bundle of authorities. */
public final class CertificateText {
    private CertificateText() {}

    /**
     * Reads all certificates of a file, in its order. What stands between them is skipped, keys too.
     *
     * @param file
     *            its name, for messages
     * @param text
     *            what stands in it
     * @return at least one
     * @throws TlsException
     *             if there is none, or a block is cut off or damaged
     */
    public static List<X509Certificate> read(String file, byte[] text) throws TlsException {
        List<X509Certificate> found = new ArrayList<>();
        try (PemReader reader = new PemReader(
                new InputStreamReader(new ByteArrayInputStream(text), StandardCharsets.ISO_8859_1))) {
            CertificateFactory factory = CertificateFactory.getInstance("X.509");
            for (PemObject block = reader.readPemObject(); block != null; block = reader.readPemObject()) {
                switch (block.getType()) {
                    case "CERTIFICATE", "X509 CERTIFICATE" -> found.add(certificate(factory, block.getContent()));
                    default -> Secrets.wipe(block.getContent());
                }
            }
        } catch (IOException | CertificateException | RuntimeException damaged) {
            // Bouncy Castle and the JDK throw exceptions of any kind at octets of any kind.
            throw new TlsException(
                    file + ": certificate " + (found.size() + 1) + " of the file is cut off or damaged", damaged);
        }
        if (found.isEmpty()) {
            throw new TlsException(file + ": no certificate in PEM is in it");
        }
        return List.copyOf(found);
    }

    private static X509Certificate certificate(CertificateFactory factory, byte[] der) throws CertificateException {
        X509Certificate certificate = (X509Certificate) factory.generateCertificate(new ByteArrayInputStream(der));
        if (certificate.getPublicKey() == null || certificate.getEncoded().length != der.length) {
            throw new CertificateException("octets follow");
        }
        return certificate;
    }
}
