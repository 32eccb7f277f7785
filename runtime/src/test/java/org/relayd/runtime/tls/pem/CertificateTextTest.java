package org.relayd.runtime.tls.pem;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.relayd.runtime.tls.TestCertificates;
import org.relayd.runtime.tls.TlsException;

class CertificateTextTest {
    private static final TestCertificates LEAF = TestCertificates.root("Test Root").intermediate("Test Authority")
            .leaf("www.example.com");

    @Test
    void chainIsReadInItsOrder() throws Exception {
        assertEquals(LEAF.chain(), CertificateText.read("a.crt", octets(LEAF.chainPem())));
        assertEquals(LEAF.chain(), CertificateText.read("a.crt", octets(
                "# ours\r\n" + LEAF.chainPem().replace("\n", "\r\n") + "words after it")));
    }

    @Test
    void otherBlocksAreSkipped() throws Exception {
        assertEquals(List.of(LEAF.certificate()),
                CertificateText.read("a.crt", octets(LEAF.keyPem() + LEAF.certificatePem())));
    }

    @Test
    void fileWithoutCertificatesIsRefused() {
        assertRefused("a.crt: no certificate in PEM is in it", "");
        assertRefused("a.crt: no certificate in PEM is in it", LEAF.keyPem());
        assertRefused("a.crt: no certificate in PEM is in it", "\0\u00ff0\u0082");
    }

    @Test
    void halfWrittenFileIsRefused() {
        String whole = LEAF.chainPem();
        assertRefused("a.crt: certificate 2 of the file is cut off or damaged",
                whole.substring(0, whole.length() - 40));
        assertRefused("a.crt: certificate 1 of the file is cut off or damaged", whole.substring(0, 300));
        assertRefused("a.crt: certificate 1 of the file is cut off or damaged", whole.replaceFirst("\nMI", "\nMM"));
        assertRefused("a.crt: certificate 1 of the file is cut off or damaged", whole.replaceFirst("\nMI", "\n%%"));
    }

    private static void assertRefused(String text, String pem) {
        assertEquals(text, assertThrows(TlsException.class, () -> CertificateText.read("a.crt", octets(pem)))
                .getMessage());
    }

    private static byte[] octets(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }
}
